import StrictJSON

extension Recipe {
  /// The recipe as files hold it, each setting under the name of its option. Settings that are newer than the first
  /// files are left out where they have their default values.
  package var json: JSON.Object {
    var object = JSON.Object()
    for field in Self.fields where !field.isOptional || field.json(self) != field.json(Recipe()) {
      object[field.name] = field.json(self)
    }
    return object
  }

  /// Reads what `json` returned. Every setting must be there that `json` never leaves out, and no other.
  package init(_ object: JSON.Object) throws(JSONError) {
    try object.refuseMembers(otherThan: Self.fields.map { $0.name })
    for field in Self.fields where !field.isOptional || object[field.name] != nil { try field.read(object, &self) }
  }
}
