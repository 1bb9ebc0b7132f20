import Glibc

// The C library's functions. Their last bits differ between its versions, which a reference may do and a model file may
// not.

func exponential(_ x: Double) -> Double { exp(x) }
func logarithm(_ x: Double) -> Double { log(x) }
func sine(_ x: Double) -> Double { sin(x) }
func cosine(_ x: Double) -> Double { cos(x) }
func power(_ x: Double, _ exponent: Double) -> Double { pow(x, exponent) }
