package smt

import (
	"fmt"
	"math/big"
	"net/netip"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// ordered compares a number or time of the request with one of a condition.
func ordered(comparison string, value term, want string, parse func(string) (*big.Rat, bool), vague func() pair) pair {
	n, ok := parse(want)
	if !ok {
		return vague()
	}
	return sure(term(fmt.Sprintf("(%s %s %s)", comparison, value, rational(n))))
}

func rational(r *big.Rat) string {
	text := fmt.Sprintf("(/ %s.0 %s.0)", new(big.Int).Abs(r.Num()), r.Denom())
	if r.Sign() < 0 {
		return "(- " + text + ")"
	}
	return text
}

// decimal is a number that nobody can read in two ways.
var decimal = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?$`)

func parseNumber(s string) (*big.Rat, bool) {
	if !decimal.MatchString(s) {
		return nil, false
	}
	return new(big.Rat).SetString(s)
}

// dateLayouts are the forms of https://www.w3.org/TR/NOTE-datetime but for a year
// alone. A fraction of a second is read wherever seconds are.
var dateLayouts = []string{"2006-01", "2006-01-02", "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05Z07:00"}

var (
	epoch    = regexp.MustCompile(`^[1-9][0-9]{8,10}$`)
	fraction = regexp.MustCompile(`(:[0-9]{2})(\.[0-9]+)(Z|[+-][0-9]{2}:[0-9]{2})$`)
	digits   = regexp.MustCompile(`^[0-9T:Z.+-]+$`)
)

// parseDate returns seconds since 1970.
func parseDate(s string) (*big.Rat, bool) {
	if epoch.MatchString(s) {
		return new(big.Rat).SetString(s)
	}
	if !digits.MatchString(s) {
		return nil, false
	}
	rest := new(big.Rat)
	if m := fraction.FindStringSubmatch(s); m != nil {
		if _, ok := rest.SetString("0" + m[2]); !ok {
			return nil, false
		}
		s = fraction.ReplaceAllString(s, "$1$3")
	}
	for _, layout := range dateLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			return rest.Add(rest, new(big.Rat).SetInt64(t.Unix())), true
		}
	}
	return nil, false
}

// within compares an address of the request with a block or an address of a
// condition.
func within(value term, want string, vague func() pair) pair {
	p, err := netip.ParsePrefix(want)
	if err != nil {
		a, err := netip.ParseAddr(want)
		if err != nil || a.Zone() != "" {
			return vague()
		}
		p = netip.PrefixFrom(a, a.BitLen())
	}
	if p.Addr().Is4In6() {
		return vague()
	}
	kind := value + "_4"
	if !p.Addr().Is4() {
		kind = not(kind)
	}
	var bits strings.Builder
	for _, b := range p.Addr().AsSlice() {
		s := strconv.FormatUint(uint64(b), 2)
		bits.WriteString(strings.Repeat("0", 8-len(s)) + s)
	}
	if p.Bits() == 0 {
		return sure(kind)
	}
	// The bits of an address are the first of the vector.
	first := fmt.Sprintf("((_ extract 127 %d) %s)", 128-p.Bits(), value)
	return sure(and(kind, equal(term(first), term("#b"+bits.String()[:p.Bits()]))))
}
