package policy_test

import (
	"fmt"
	"math/big"
	"regexp"
	"testing"
	"time"

	"iamctl/policy"

	"pgregory.net/rapid"
)

func canonicalValue(operator, value string) string {
	s := policy.CanonicalStatement(&policy.Statement{Condition: []policy.Condition{{operator, "k", []string{value}}}}, "2012-10-17", "")
	return s.Condition[0].Values[0]
}

func TestCanonicalNumbersAndDates(t *testing.T) {
	for _, tt := range []struct{ operator, value, want, reason string }{
		{"NumericEquals", "1", "1", "whole"},
		{"NumericEquals", "1.000", "1", "zeros at the end"},
		{"NumericEquals", "100", "100", "zeros that count"},
		{"NumericEquals", "0.10", "0.1", "part"},
		{"NumericEquals", "-2.50", "-2.5", "negative"},
		{"NumericEquals", "-0.0", "0", "zero has no sign"},
		{"NumericEquals", "123456789012345678901234567890.0", "123456789012345678901234567890", "larger than any machine number"},
		{"NumericEquals", "1e3", "1e3", "an exponent"},
		{"NumericEquals", "+1.0", "+1.0", "a plus"},
		{"NumericEquals", "007.0", "007.0", "a leading zero"},
		{"NumericEquals", "1.", "1.", "no digit after the point"},
		{"NumericEquals", ".50", ".50", "no digit before the point"},
		{"NumericEquals", "-", "-", "no digit"},
		{"NumericEquals", "1.0.0", "1.0.0", "two points"},
		{"NumericEquals", " 1.0", " 1.0", "a blank"},
		{"NumericEquals", "\u0661.0", "\u0661.0", "a digit of another script"},
		{"NumericEquals", "", "", "nothing"},
		{"DateEquals", "2026-11-21T10:20:30Z", "2026-11-21T10:20:30Z", "seconds"},
		{"DateEquals", "2026-11-21T10:20:30.120Z", "2026-11-21T10:20:30.12Z", "a fraction"},
		{"DateEquals", "2026-11-21T10:20Z", "2026-11-21T10:20:00Z", "minutes"},
		{"DateEquals", "2026-11-21T10:20.0Z", "2026-11-21T10:20.0Z", "a fraction of a minute"},
		{"DateEquals", "2024-02-29T00:00:00.0Z", "2024-02-29T00:00:00Z", "a leap day"},
		{"DateEquals", "2000-02-29T00:00:00.0Z", "2000-02-29T00:00:00Z", "a leap day at the turn of a century"},
		{"DateEquals", "1900-02-29T00:00:00.0Z", "1900-02-29T00:00:00.0Z", "no leap day"},
		{"DateEquals", "2026-02-29T00:00:00.0Z", "2026-02-29T00:00:00.0Z", "no such day"},
		{"DateEquals", "2026-04-31T00:00:00.0Z", "2026-04-31T00:00:00.0Z", "no such day"},
		{"DateEquals", "2026-13-01T00:00:00.0Z", "2026-13-01T00:00:00.0Z", "no such month"},
		{"DateEquals", "2026-01-01T24:00:00.0Z", "2026-01-01T24:00:00.0Z", "the hour 24"},
		{"DateEquals", "2026-01-01T00:60:00.0Z", "2026-01-01T00:60:00.0Z", "no such minute"},
		{"DateEquals", "2016-12-31T23:59:60.0Z", "2016-12-31T23:59:60.0Z", "a leap second"},
		{"DateEquals", "2026-01-01T1:00:00.0Z", "2026-01-01T1:00:00.0Z", "an hour of one digit"},
		{"DateEquals", "2026-01-01T00:00:00,5.0Z", "2026-01-01T00:00:00,5.0Z", "a comma for the point"},
		{"DateEquals", "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00.Z", "no digit after the point"},
		{"DateEquals", "2026-01-01T00:00:00.0", "2026-01-01T00:00:00.0", "no zone"},
		{"DateEquals", "2026-01-01T00:00:00.0+00:00", "2026-01-01T00:00:00Z", "an offset of nothing"},
		{"DateEquals", "2026-01-01T01:30:00.50+01:30", "2026-01-01T00:00:00.5Z", "an offset to the east"},
		{"DateEquals", "2025-12-31T16:00-08:00", "2026-01-01T00:00:00Z", "an offset to the west, without seconds"},
		{"DateEquals", "2026-01-01T00:00:00-00:00", "2026-01-01T00:00:00Z", "an offset of nothing"},
		{"DateEquals", "2026-01-01-00:00", "2026-01-01-00:00", "a day with an offset"},
		{"DateEquals", "2026-01-01T00:00:00+0000", "2026-01-01T00:00:00+0000", "an offset without a colon"},
		{"DateEquals", "2026-01-01T00:00:00+00", "2026-01-01T00:00:00+00", "an offset of hours alone"},
		{"DateEquals", "2026-01-01T00:00:00+24:00", "2026-01-01T00:00:00+24:00", "no such offset"},
		{"DateEquals", "0000-01-01T00:00:00+01:00", "0000-01-01T00:00:00+01:00", "a year before 0"},
		{"DateEquals", "2026-01-01t00:00:00.0Z", "2026-01-01t00:00:00.0Z", "a small t"},
		{"DateEquals", "2026-01-01", "2026-01-01T00:00:00Z", "a day"},
		{"DateEquals", "2026-02-30", "2026-02-30", "no such day"},
		{"DateLessThan", "2030-01", "2030-01-01T00:00:00Z", "a month"},
		{"DateLessThan", "2030-13", "2030-13", "no such month"},
		{"DateLessThan", "2030-1", "2030-1", "a month of one digit"},
		{"DateLessThan", "2030-01Z", "2030-01Z", "a month with a zone"},
		{"StringEquals", "2030-01", "2030-01", "a month, but no date operator"},
		{"DateEquals", "20260101", "20260101", "a day without hyphens, or seconds"},
		{"DateEquals", "2030", "2030", "a year, or seconds"},
		{"DateEquals", "1767225600", "2026-01-01T00:00:00Z", "seconds since 1970"},
		{"DateEquals", "999999999", "2001-09-09T01:46:39Z", "few seconds since 1970"},
		{"DateEquals", "01767225600", "01767225600", "a leading zero"},
		{"DateEquals", "1767225600000", "1767225600000", "milliseconds, or seconds"},
		{"DateEquals", "1767225600.0", "1767225600.0", "seconds with a fraction"},
		{"DateEquals", "-1767225600", "-1767225600", "seconds before 1970"},
		{"StringEquals", "1767225600", "1767225600", "no date operator"},
		{"NumericEquals", "1767225600", "1767225600", "a number of seconds"},
		{"StringLike", "2026-01-01", "2026-01-01", "no date operator"},
		{"DateEquals", "Z", "Z", "nothing before the zone"},
		{"DateEquals", "", "", "nothing"},
	} {
		if got := canonicalValue(tt.operator, tt.value); got != tt.want {
			t.Errorf("%s: %s %q became %q, want %q", tt.reason, tt.operator, tt.value, got, tt.want)
		}
	}
}

// TestCanonicalDecimals: two decimals are one exactly if they are the same number.
func TestCanonicalDecimals(t *testing.T) {
	decimal := rapid.StringMatching(`-?(0|[1-9][0-9]{0,2}|1{25})(\.[01]{1,3}|\.0{20}1?)?`)
	rapid.Check(t, func(t *rapid.T) {
		a, b := decimal.Draw(t, "a"), decimal.Draw(t, "b")
		ra, okA := new(big.Rat).SetString(a)
		rb, okB := new(big.Rat).SetString(b)
		if !okA || !okB {
			t.Fatal(a, b)
		}
		ca, cb := canonicalValue("NumericEquals", a), canonicalValue("NumericEquals", b)
		if (ca == cb) != (ra.Cmp(rb) == 0) {
			t.Errorf("%s and %s became %s and %s", a, b, ca, cb)
		}
		if rc, ok := new(big.Rat).SetString(ca); !ok || rc.Cmp(ra) != 0 || canonicalValue("NumericEquals", ca) != ca {
			t.Errorf("%s became %s", a, ca)
		}
	})
}

// TestCanonicalInstants: times become one exactly if they are the same, and
// what is no time stays.
func TestCanonicalInstants(t *testing.T) {
	fraction := rapid.SampledFrom([]string{"", ".0", ".00", ".5", ".50", ".005"})
	zone := rapid.SampledFrom([]string{"Z", "+00:00", "-00:00", "+01:00", "-23:59", "+25:00"})
	instant := rapid.Custom(func(t *rapid.T) string {
		return fmt.Sprintf("%04d-%02d-%02dT%02d:%02d:%02d%s%s",
			rapid.SampledFrom([]int{1900, 1970, 2000, 2024, 2026, 2100}).Draw(t, "year"),
			rapid.IntRange(0, 13).Draw(t, "month"), rapid.IntRange(0, 32).Draw(t, "day"),
			rapid.SampledFrom([]int{0, 23, 24}).Draw(t, "hour"), rapid.SampledFrom([]int{0, 59, 60}).Draw(t, "minute"),
			rapid.SampledFrom([]int{0, 59, 60}).Draw(t, "second"), fraction.Draw(t, "fraction"), zone.Draw(t, "zone"))
	})
	seconds := regexp.MustCompile(`[0-9]{2}([.Z]|[+-][0-9]{2}:[0-9]{2}$).*`)
	rapid.Check(t, func(t *rapid.T) {
		a := instant.Draw(t, "a")
		b := seconds.ReplaceAllString(a, rapid.SampledFrom([]string{"00", "59"}).Draw(t, "seconds")+fraction.Draw(t, "other fraction")+zone.Draw(t, "other zone"))
		ta, errA := time.Parse(time.RFC3339Nano, a)
		tb, errB := time.Parse(time.RFC3339Nano, b)
		ca, cb := canonicalValue("DateEquals", a), canonicalValue("DateEquals", b)
		if errA != nil && ca != a || errB != nil && cb != b {
			t.Errorf("%s and %s became %s and %s", a, b, ca, cb)
		}
		if errA == nil && errB == nil && (ca == cb) != ta.Equal(tb) {
			t.Errorf("%s and %s became %s and %s", a, b, ca, cb)
		}
		if canonicalValue("DateEquals", ca) != ca {
			t.Errorf("%s became %s: not idempotent", a, ca)
		}
	})
}
