package eval

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// quantity is a decimal or a time: a whole part, and decimal digits of the rest
// without zeros at the end.
type quantity struct {
	negative bool
	whole    string // digits without zeros at the front
	rest     string
}

func (a quantity) compare(b quantity) int {
	switch {
	case a.negative && !b.negative:
		return -1
	case !a.negative && b.negative:
		return 1
	case a.negative:
		a, b = b, a
	}
	return cmp.Or(cmp.Compare(len(a.whole), len(b.whole)), strings.Compare(a.whole, b.whole), strings.Compare(a.rest, b.rest))
}

// ordered answers how two values compare, or is in doubt where one of them
// cannot be read.
func ordered(comparison, have, want string, parse func(string) (quantity, bool)) answer {
	a, ok := parse(have)
	if !ok {
		return doubt("a value of the request is neither number nor date", have)
	}
	b, ok := parse(want)
	if !ok {
		return doubt("a value of a condition is neither number nor date", want)
	}
	order := a.compare(b)
	switch comparison {
	case "<":
		return sure(order < 0)
	case "<=":
		return sure(order <= 0)
	case ">":
		return sure(order > 0)
	case ">=":
		return sure(order >= 0)
	}
	return sure(order == 0)
}

// decimalForm is a plain decimal. What AWS makes of an exponent, a plus or a
// zero at the front it does not say.
var decimalForm = regexp.MustCompile(`^(-?)(0|[1-9][0-9]*)(?:\.([0-9]+))?$`)

func parseDecimal(s string) (quantity, bool) {
	m := decimalForm.FindStringSubmatch(s)
	if m == nil {
		return quantity{}, false
	}
	n := quantity{whole: strings.TrimLeft(m[2], "0"), rest: strings.TrimRight(m[3], "0")}
	n.negative = m[1] != "" && n.whole+n.rest != ""
	return n, true
}

// instantForm are the times of https://www.w3.org/TR/NOTE-datetime, to which the
// IAM User Guide refers, but for a year alone.
var instantForm = regexp.MustCompile(`^([0-9]{4})-([0-9]{2})(?:-([0-9]{2})(?:T([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]+))?)?(?:Z|([+-])([0-9]{2}):([0-9]{2})))?)?$`)

// epochForm is seconds since 1970, from 1973 on. Less may be a year or a date,
// more may be milliseconds.
var epochForm = regexp.MustCompile(`^[1-9][0-9]{8,10}$`)

// firstSecond is the day before the year 0, so that no date is negative in any
// zone.
const firstSecond = -62167305600

func parseInstant(s string) (quantity, bool) {
	if epochForm.MatchString(s) {
		seconds, _ := strconv.ParseInt(s, 10, 64)
		return second(seconds, ""), true
	}
	m := instantForm.FindStringSubmatch(s)
	if m == nil {
		return quantity{}, false
	}
	n := [11]int{3: 1} // a month begins with its first day
	for i := range n {
		if m[i] != "" {
			n[i], _ = strconv.Atoi(m[i]) // m[0] and m[8] are no numbers
		}
	}
	t := time.Date(n[1], time.Month(n[2]), n[3], n[4], n[5], n[6], 0, time.UTC)
	same := t.Month() == time.Month(n[2]) && t.Day() == n[3] && t.Hour() == n[4] && t.Minute() == n[5] && t.Second() == n[6]
	if !same || n[9] > 23 || n[10] > 59 {
		return quantity{}, false // a day or an hour that is none
	}
	east := int64(n[9]*60+n[10]) * 60
	if m[8] == "-" {
		east = -east
	}
	return second(t.Unix()-east, m[7]), true
}

// second is a second since 1970 with a fraction of it.
func second(n int64, fraction string) quantity {
	return quantity{whole: strconv.FormatInt(n-firstSecond, 10), rest: strings.TrimRight(fraction, "0")}
}
