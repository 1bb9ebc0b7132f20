import Glibc

// The C library's functions, whose last bits differ between its versions: good for a reference, not for a model file.

func exponential(_ x: Double) -> Double { exp(x) }
func logarithm(_ x: Double) -> Double { log(x) }
func power(_ x: Double, _ exponent: Double) -> Double { pow(x, exponent) }
