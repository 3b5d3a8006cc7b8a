package condition

import (
	"math/big"
	"regexp"
	"slices"
	"strings"
	"time"

	"iamctl/policy"
)

// comparing compares numbers, or times as seconds since 1970.
type comparing struct {
	with       *big.Rat
	comparison string
	parse      func(string) (*big.Rat, bool)
}

func (c comparing) of(value string) truth {
	n, ok := c.parse(value)
	if !ok {
		return improper
	}
	order := n.Cmp(c.with)
	switch c.comparison {
	case "<":
		return truthOf(order < 0)
	case "<=":
		return truthOf(order <= 0)
	case ">":
		return truthOf(order > 0)
	case ">=":
		return truthOf(order >= 0)
	}
	return truthOf(order == 0)
}

// decimal is a plain decimal: what AWS makes of other numbers it does not say.
var decimal = regexp.MustCompile(`^-?(0|[1-9][0-9]{0,40})(\.[0-9]{1,40})?$`)

func parseNumber(s string) (*big.Rat, bool) {
	if !decimal.MatchString(s) {
		return nil, false
	}
	return new(big.Rat).SetString(s)
}

// parseDate returns a date of one of the forms that package policy knows as
// seconds since 1970.
func parseDate(s string) (*big.Rat, bool) {
	c := policy.CanonicalStatement(&policy.Statement{Condition: []policy.Condition{{Operator: "DateEquals", Key: "k", Values: []string{s}}}}, "2012-10-17", "")
	whole, ok := strings.CutSuffix(c.Condition[0].Values[0], "Z")
	if !ok {
		return nil, false
	}
	whole, fraction, _ := strings.Cut(whole, ".")
	t, err := time.Parse("2006-01-02T15:04:05", whole)
	if err != nil || len(fraction) > 40 {
		return nil, false
	}
	seconds := new(big.Rat).SetInt64(t.Unix())
	if fraction != "" {
		part, ok := new(big.Rat).SetString("0." + fraction)
		if !ok {
			return nil, false
		}
		seconds.Add(seconds, part)
	}
	return seconds, true
}

// orderedValues returns what lies on and between the values of the matchers, as
// short as may be.
func orderedValues(matchers []*matcher, f family) []string {
	var points []*big.Rat
	for _, m := range matchers {
		for _, t := range m.tests {
			if c, ok := t.(comparing); ok && familyOf(m.kind) == f {
				points = append(points, c.with)
			}
		}
	}
	slices.SortFunc(points, (*big.Rat).Cmp)
	points = slices.CompactFunc(points, func(a, b *big.Rat) bool { return a.Cmp(b) == 0 })
	write := writeNumber
	if f == date {
		write = writeDate
	}
	if len(points) == 0 {
		return []string{write(new(big.Rat))}
	}
	one := big.NewRat(1, 1)
	out := []string{write(new(big.Rat).Sub(points[0], one))}
	for i, p := range points {
		out = append(out, write(p))
		if i+1 < len(points) {
			out = append(out, write(between(p, points[i+1])))
		}
	}
	return append(out, write(new(big.Rat).Add(points[len(points)-1], one)))
}

// between returns a number between two others, a whole one if there is one.
func between(a, b *big.Rat) *big.Rat {
	next := new(big.Int).Div(a.Num(), a.Denom())
	whole := new(big.Rat).SetInt(next.Add(next, big.NewInt(1)))
	if whole.Cmp(b) < 0 {
		return whole
	}
	sum := new(big.Rat).Add(a, b)
	return sum.Quo(sum, big.NewRat(2, 1))
}

func writeNumber(r *big.Rat) string {
	s := r.FloatString(60)
	s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	if s == "" || s == "-" || s == "-0" {
		return "0"
	}
	return s
}

func writeDate(r *big.Rat) string {
	seconds := new(big.Int).Div(r.Num(), r.Denom())
	rest := new(big.Rat).Sub(r, new(big.Rat).SetInt(seconds))
	out := time.Unix(seconds.Int64(), 0).UTC().Format("2006-01-02T15:04:05")
	if rest.Sign() > 0 {
		out += strings.TrimPrefix(writeNumber(rest), "0")
	}
	return out + "Z"
}
