package randomname

import (
	"math"
	"strings"
)

// numberBits returns what a number costs, infinity for what is none. Years and dates
// cost little, and so do zeros at either end and digits that repeat or count on.
func numberBits(number string) float64 {
	bits := 1.5
	zeros := len(number) - len(strings.TrimLeft(number, "0"))
	round := len(strings.TrimRight(number, "0"))
	for i := range len(number) {
		switch {
		case class(number[i]) != digit:
			return math.Inf(1)
		case i < zeros, i > round, goesOn(number, i):
			bits++
		default:
			bits += 3.3
		}
	}
	return min(bits, dateBits(number))
}

// goesOn reports whether a digit goes on as the two before it do: 3 after 12, 0 after
// 89, or 1 after 11.
func goesOn(number string, i int) bool {
	if i < 2 {
		return false
	}
	step := func(i int) int { return (int(number[i]) - int(number[i-1]) + 10) % 10 }
	return step(i) == step(i-1) && step(i) <= 1
}

// dateBits returns what a year or a date costs, infinity for any other number.
func dateBits(number string) float64 {
	year := func(s string) bool { return "1970" <= s && s <= "2069" }
	switch {
	case len(number) == 4 && year(number):
		return 6
	case len(number) == 6 && year(number[:4]) && between(number[4:], 1, 12):
		return 10
	case len(number) == 8 && year(number[:4]) && between(number[4:6], 1, 12) && between(number[6:], 1, 31):
		return 14
	}
	return math.Inf(1)
}

// between reports whether a number of two digits lies between two others.
func between(digits string, low, high int) bool {
	n := int(digits[0]-'0')*10 + int(digits[1]-'0')
	return low <= n && n <= high
}
