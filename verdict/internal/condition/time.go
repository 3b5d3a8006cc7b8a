package condition

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"iamctl/policy"
)

// The keys of the time of a request, which are two ways to write the same (IAM
// User Guide, "AWS global condition context keys").
const (
	CurrentTime = "aws:currenttime"
	EpochTime   = "aws:epochtime"
)

// setTime makes a condition on aws:EpochTime one on aws:CurrentTime. Seconds that
// are compared as numbers are a date.
func (c *Condition) setTime() {
	switch c.Operator.Kind {
	case policy.DateOperator, policy.NullOperator:
	case policy.NumericOperator:
		if slices.ContainsFunc(c.Values, func(v string) bool { return !seconds(v) }) {
			return
		}
		c.Operator, c.Known = policy.ParseOperator(strings.Replace(c.Operator.Name, "Numeric", "Date", 1))
	default:
		return
	}
	c.Key = CurrentTime
}

// seconds reports whether a number is also a date: seconds since 1970.
func seconds(s string) bool {
	_, ok := parseDate(s)
	return ok && strings.Trim(s, "0123456789") == ""
}

// InSeconds returns a date as seconds since 1970, as aws:EpochTime has it.
func InSeconds(date string) string {
	t, err := time.Parse(time.RFC3339, date)
	if err != nil {
		return date
	}
	return strconv.FormatInt(t.Unix(), 10)
}
