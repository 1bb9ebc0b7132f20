import StrictJSON

extension Recipe {
  /// The recipe as files hold it, each setting under the name of its option.
  package var json: JSON.Object {
    var object = JSON.Object()
    for field in Self.fields { object[field.name] = field.json(self) }
    return object
  }

  /// Reads what `json` returned. Every setting must be there, and no other.
  package init(_ object: JSON.Object) throws(JSONError) {
    try object.refuseMembers(otherThan: Self.fields.map { $0.name })
    for field in Self.fields { try field.read(object, &self) }
  }
}
