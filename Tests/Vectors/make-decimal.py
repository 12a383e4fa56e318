"""Writes decimal.txt beside itself: operations on decimals and their results.

The results are those of Python's decimal module in a decimal128 context (34 digits, half-even). The elementary
functions are computed with 120 digits and rounded once, so that they are correctly rounded.
"""

import pathlib
import random
from decimal import *
from fractions import Fraction

random.seed(20260514)
CONTEXT = Context(prec=34, rounding=ROUND_HALF_EVEN, Emin=-6143, Emax=6144, clamp=1, traps=[])
WIDE = Context(prec=120, Emin=-99999, Emax=99999, traps=[])
EXACT = Context(prec=20000, Emin=-99999, Emax=99999, traps=[])
setcontext(CONTEXT)
lines = []


def numeral(emin=-40, emax=40, negative=True, most=34):
    length = min(most, random.choice([1, 2, 3, 5, 8, 15, 17, 18, 19, 20, 25, 30, 33, 34]))
    digits = random.randrange(10 ** (length - 1), 10**length)
    if random.random() < 0.15:
        digits = 10**length - 1
    if random.random() < 0.15:
        half = max(1, length // 2)
        digits = int(str(digits)[:half] + "0" * (length - half))
    sign = "-" if negative and random.random() < 0.4 else ""
    exponent = random.randint(emin, emax) if random.random() < 0.9 else 0
    return f"{sign}{digits}" + (f"E{exponent}" if exponent else "")


def result(value):
    if value.is_nan() or value.is_infinite():
        return "nil"
    return "0" if value.is_zero() else str(value.normalize(CONTEXT))


def emit(operation, a, b, value):
    lines.append(f"{operation} {a} {b} {value if isinstance(value, str) else result(value)}")


def binary(operation, a, b):
    emit(operation, a, b, getattr(CONTEXT, operation)(Decimal(a), Decimal(b)))


def function(name, a):
    operation = {"exp": WIDE.exp, "log": WIDE.ln}[name]
    emit(name, a, "-", CONTEXT.plus(operation(Decimal(a))))


def power(a, b):
    emit("power", a, b, CONTEXT.plus(WIDE.power(Decimal(a), Decimal(b))))


def modulo(a, b):
    x, y = Fraction(Decimal(a)), Fraction(Decimal(b))
    rest = x - y * (x // y)
    emit("modulo", a, b, CONTEXT.plus(EXACT.divide(Decimal(rest.numerator), Decimal(rest.denominator))))


edges = """0 1 -1 9999999999999999999999999999999999 -9999999999999999999999999999999999
9999999999999999999999999999999999E6111 1E6144 1E-6176 -1E-6176 5E-6176 9223372036854775807 -9223372036854775808
18446744073709551615 1E-6143 1E33 1E34 5E-1 1E6111 3 7E-34 9999999999999999999999999999999999E-6176""".split()
for operation in ["add", "subtract", "multiply", "divide"]:
    for a in edges:
        for b in edges:
            if random.random() < 0.2:
                binary(operation, a, b)
    for _ in range(120):
        binary(operation, numeral(), numeral())
    for _ in range(30):
        binary(operation, numeral(-6170, 6110), numeral(-6170, 6110))
    for _ in range(50):
        e, d = random.randint(-6, 6), random.choice([33, 34, 35, 36, 37, 38, 39, 40, 45, 68, 70, 71, 72, 73, 74])
        binary(operation, numeral(e + d, e + d), numeral(e, e))

for _ in range(40):
    text = str(random.randrange(10**33, 10**34)) + "5" + "0" * random.randint(0, 25)
    if random.random() < 0.4:
        text = text[:-1] + random.choice("01")
    emit("parse", text, "-", CONTEXT.create_decimal(text))
for text in """1E6144 9.9999E6144 1E6145 10E6144 0.1E6146 1E-6176 1E-6177 5E-6177 6E-6177 15E-6177 25E-6177 4.9E-6176
123456789012345678901234567890123456789012345678901234567890E-6230""".split() + ["9" * 34 + "4E6111", "9" * 34 + "5E6111"]:
    emit("parse", text, "-", CONTEXT.create_decimal(text))

done = 0
while done < 60:
    a = numeral(-45, 3)
    if abs(Decimal(a)) < 14000:
        function("exp", a)
        done += 1
for a in """0 1 -1 14149.38 14149.39 -14149.4 -14220 -14221 1E-34 1E-33 -1E-33 -1E-34 5E-35 1E-6000 5E-34 999E-36 50050000E-38 14144.38522 0.5
2.302585092994045684017991454684364 -2.302585092994045684017991454684364 100""".split():
    function("exp", a)
for a, value in [("99999", "nil"), ("-99999", "0"), ("1E6000", "nil"), ("-1E6000", "0")]:
    emit("exp", a, "-", value)
for _ in range(60):
    function("log", numeral(negative=False))
for _ in range(20):
    function("log", numeral(-6100, 6000, negative=False))
for a in """1 0.9999999999999999999999999999999999 1.000000000000000000000000000000001 0.9 1.1 3.162 3.163
3.1622776601683793319988935444327 0.31622776 10 1E6144 1E-6176 2 0.99 1.01 0.999 4 3.9999 0.3162 0.316 0.3163 1.0001
1.0078125 1.0234375""".split():
    function("log", a)
for _ in range(80):
    a = numeral(negative=False)
    emit("sqrt", a, "-", CONTEXT.sqrt(Decimal(a)))
for a in """4 0.25 1E6144 1E-6176 1E-6175 2 9999999999999999999999999999999999
9999999999999999999999999999999998E6111 0 1E1 1E2 -1""".split():
    emit("sqrt", a, "-", CONTEXT.sqrt(Decimal(a)))

counts = [2, 3, 4, 5, 7, 10, 11, 20, 33, 64, 100, 112, 113, 200, 365, -1, -2, -3, -10, -100, 1000]
for _ in range(90):
    power(numeral(-12, 2, most=random.choice([1, 2, 3, 8, 34])), str(random.choice(counts)))
for _ in range(60):
    power(numeral(-20, 2, negative=False), numeral(-6, -2, most=5))
for pair in """1.000000000000000000000000000000001 1E33, 1.000000000000000000000000000000001 1E36,
0.9999999999999999999999999999999999 1E37, 1.0000001 1000000000, 2 0.5, 4 0.5,
8 0.3333333333333333333333333333333333, 10 6144, 10 6145, 10 -6176, 10 -6177, 100 3072, 100 3072.5, 1E-6176 1,
1E-6176 -1, 2 20000, 2 20409, 2 20410, 2 20411, 2 -20517, 2 -20600, -1 999999999999999999999999999999999, -1 1E30,
-2 3, -2 4, 1.5 -2.5, 3 71, 3 72, 7 40, 7 41, 5 49, 5 48, 15 29, 25 24, 1.05 30, 1.0025 360, 0.5 113, 0.5 34,
0.5 6176, 1000 1E-6000, 2 1E-36, 2 1E-34, 2 1E-33, 1.000000000000000000000000000000001 0.5,
1.000000000000000000000000000000003 0.5, 0.999999999999999999999999999999997 0.5""".split(","):
    power(*pair.split())
for pair in """2 1E6000 nil, -3 1E6000 nil, 1.1 1E6000 nil, 0.5 1E6000 0, 2 -1E6000 0, 0 5 0, 0 0.5 0, 0 -1 nil,
-2 0.5 nil, -8 0.3333 nil, 0 -0.5 nil, 1 1E6000 1, 0 0 1, -1 1E6000 1, 1 -0.5 1, 123 0 1""".split(","):
    emit("power", *pair.split())
# Cubes of 35 digits that end in 5: ties, which only an exact power breaks to the even side.
done = 0
while done < 15:
    root = random.randrange(10**10, 10**11) * 10 + 5
    if len(str(root**3)) == 35:
        power(str(root), "3")
        done += 1

for _ in range(90):
    modulo(numeral(-20, 20), numeral(-20, 20))
for pair in """9999999999999999999999999999999999E6111 7, -1E6144 3, 1E6144 9999999999999999999999999999999997,
12345E3000 -17E-3000""".split(","):
    modulo(*pair.split())

modes = {
    "halfEven": ROUND_HALF_EVEN, "halfUp": ROUND_HALF_UP, "halfDown": ROUND_HALF_DOWN, "up": ROUND_UP,
    "down": ROUND_DOWN, "floor": ROUND_FLOOR, "ceiling": ROUND_CEILING,
}
for name, rounding in modes.items():
    context = Context(prec=200, rounding=rounding, traps=[])
    cases = [(numeral(-36, 2), random.choice([random.randint(-3, 38), random.randint(-2, 3)])) for _ in range(24)]
    cases += [(a, 0) for a in "2.5 -2.5 3.5 -3.5 0.5 -0.5 0.05 -0.05 0.4999 -1.5 1.5 0.51".split()]
    for a, scale in cases:
        value = Decimal(a)
        if value.as_tuple().exponent < -scale:
            value = value.quantize(Decimal(1).scaleb(-scale, context), context=context)
        emit("round:" + name, a, scale, value)

header = "# operation, operands, result; written by make-decimal.py"
pathlib.Path(__file__).with_name("decimal.txt").write_text("\n".join([header, *lines]) + "\n")
