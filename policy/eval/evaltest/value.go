package evaltest

import (
	"net/netip"
	"strings"

	"iamctl/policy"
)

// conditions puts keys into the context with which the conditions hold, or
// nearly.
func (d *drawing) conditions(list []policy.Condition) {
	for _, c := range list {
		op, ok := policy.ParseOperator(c.Operator)
		if _, there := d.request.Context[c.Key]; there || !ok || len(c.Values) == 0 || d.once(8) {
			continue
		}
		if op.Kind == policy.NullOperator {
			if c.Values[0] == "false" || d.once(4) {
				d.request.Context[c.Key] = []string{"x"}
			}
			continue
		}
		values := []string{d.value(op, c.Values)}
		if op.Qualifier != "" {
			for d.once(2) {
				values = append(values, d.value(op, c.Values))
			}
		}
		if d.once(50) {
			values = values[:0]
		}
		d.request.Context[c.Key] = values
	}
}

// value draws a value for a condition on a key.
func (d *drawing) value(op policy.Operator, values []string) string {
	want := pick(d, values)
	if op.Negated != d.once(5) {
		return d.other(op.Kind, want)
	}
	switch op.Kind {
	case policy.StringIgnoreCaseOperator:
		return strings.ToUpper(d.text(want))
	case policy.StringLikeOperator:
		return d.fill(want, func(c byte) string {
			if c == '?' {
				return "x"
			}
			return pick(d, []string{"x", "a/b", "1:2"})
		})
	case policy.ARNOperator:
		return d.resource(&policy.Statement{Resource: []string{want}}, []policy.Statement{{}})
	case policy.IPOperator:
		return d.address(want)
	case policy.NumericOperator:
		return d.nearNumber(want)
	case policy.DateOperator:
		return d.nearDate(want)
	case policy.BoolOperator:
		return strings.ToLower(d.text(want))
	}
	return d.text(want)
}

// text draws a value for text without wildcards.
func (d *drawing) text(want string) string {
	return d.fill(want, func(c byte) string { return string(c) })
}

// other draws a value of the kind that is likely another one.
func (d *drawing) other(kind policy.OperatorKind, want string) string {
	switch kind {
	case policy.ARNOperator:
		return pick(d, []string{"arn:aws:sns:eu-west-1:123456789012:other", "arn:aws:iam::123456789012:role/other"})
	case policy.IPOperator:
		return pick(d, []string{"192.0.2.1", "10.1.2.3", "2001:db8::1", "203.0.113.9"})
	case policy.NumericOperator:
		return pick(d, []string{"0", "7", "-3", "100.5"})
	case policy.DateOperator:
		return pick(d, []string{"2019-01-01T00:00:00Z", "2031-06-30T12:30:00+02:00"})
	case policy.BoolOperator:
		return pick(d, []string{"true", "false"})
	case policy.BinaryOperator:
		return "b3RoZXI="
	}
	return pick(d, []string{"other", want + "x", "red", strings.ToUpper(want)})
}

func (d *drawing) address(block string) string {
	if p, err := netip.ParsePrefix(block); err == nil {
		if a := p.Masked().Addr(); p.Bits() < a.BitLen() && d.once(2) {
			return a.Next().String()
		}
		return p.Addr().String()
	}
	return block
}

func (d *drawing) nearNumber(n string) string {
	if strings.Contains(n, ".") {
		return pick(d, []string{n, n + "0", n + "1"})
	}
	return pick(d, []string{n, n + ".0", n + ".5", n + "1"})
}

func (d *drawing) nearDate(date string) string {
	if year := len("2026"); len(date) > year && strings.HasPrefix(date, "20") {
		return pick(d, []string{date, "2019" + date[year:], "2039" + date[year:]})
	}
	return pick(d, []string{date, "2020-02-29T00:00:00Z"})
}
