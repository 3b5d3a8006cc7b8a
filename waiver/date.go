package waiver

import (
	"cmp"
	"fmt"
	"strconv"
	"time"
)

// Date is a day of the calendar. The zero Date is none.
type Date struct{ Year, Month, Day int }

// ParseDate reads YYYY-MM-DD. Its errors say what is wrong and what to write.
func ParseDate(s string) (Date, error) {
	const form = "write a day as YYYY-MM-DD, such as \"2027-01-31\""
	if len(s) != len("2027-01-31") || s[4] != '-' || s[7] != '-' {
		return Date{}, fmt.Errorf("%q is no date: %s", s, form)
	}
	var parts [3]int
	for i, text := range []string{s[:4], s[5:7], s[8:]} {
		n, err := strconv.ParseUint(text, 10, 16)
		if err != nil {
			return Date{}, fmt.Errorf("%q is no date: %s", s, form)
		}
		parts[i] = int(n)
	}
	d := Date{parts[0], parts[1], parts[2]}
	if !d.Valid() {
		return Date{}, fmt.Errorf("%q is no day of the calendar: %s", s, form)
	}
	return d, nil
}

// Valid reports whether the calendar has the day, in the years 0 to 9999.
func (d Date) Valid() bool {
	if d.Year < 0 || d.Year > 9999 {
		return false
	}
	year, month, day := time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC).Date()
	return d == Date{year, int(month), day}
}

// IsZero reports whether d is the zero Date, which is no day.
func (d Date) IsZero() bool { return d == Date{} }

// Compare returns a negative number if d is before e, a positive one if it is
// after.
func (d Date) Compare(e Date) int {
	return cmp.Or(cmp.Compare(d.Year, e.Year), cmp.Compare(d.Month, e.Month), cmp.Compare(d.Day, e.Day))
}

// String returns YYYY-MM-DD, "" for the zero Date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}
