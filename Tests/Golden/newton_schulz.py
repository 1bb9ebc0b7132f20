"""Golden data for Muon's orthogonalization, in plain Python and double precision:

    python3 Tests/Golden/newton_schulz.py > Tests/Golden/newton-schulz.txt

Each line has the rows, the columns and the numbers of a matrix, row by row, as 32-bit floats; after a bar, those of
the orthogonal matrix that five iterations make of it.
"""

import math
import random
import struct


def transpose(x):
    return [list(column) for column in zip(*x)]


def product(x, y):
    columns = transpose(y)
    return [[math.fsum(a * b for a, b in zip(row, column)) for column in columns] for row in x]


def orthogonalize(matrix):
    """Five Newton-Schulz iterations, X <- aX + (bA + cA^2)X with A = XX'."""
    if len(matrix) > len(matrix[0]):
        return transpose(orthogonalize(transpose(matrix)))
    norm = math.sqrt(math.fsum(v * v for row in matrix for v in row))
    x = [[v / (norm + 1e-7) for v in row] for row in matrix]
    for _ in range(5):
        a = product(x, transpose(x))
        squared = product(a, a)
        factor = [[-4.7750 * p + 2.0315 * q for p, q in zip(*rows)] for rows in zip(a, squared)]
        x = [[3.4445 * p + q for p, q in zip(*rows)] for rows in zip(x, product(factor, x))]
    return x


def float32(x):
    return struct.unpack("f", struct.pack("f", x))[0]


def show(matrix):
    matrix = [[float32(v) for v in row] for row in matrix]
    print(len(matrix), len(matrix[0]), *(f"{v:.9g}" for row in matrix for v in row), end=" | ")
    print(*(f"{v:.12g}" for row in orthogonalize(matrix) for v in row))


def main():
    source = random.Random(42)

    def gaussian(rows, columns, scale=1.0):
        return [[scale * source.gauss(0, 1) for _ in range(columns)] for _ in range(rows)]

    show(gaussian(16, 16))
    show(gaussian(7, 7, 100))
    show(gaussian(6, 24, 1e-3))
    show(gaussian(24, 6))
    show(product(gaussian(10, 2), gaussian(2, 10)))  # of rank 2
    show(gaussian(5, 5, 1e-9))  # where 1e-7 outweighs the norm
    show([[0.0] * 4] * 3)
    show([[-3.0]])


if __name__ == "__main__":
    main()
