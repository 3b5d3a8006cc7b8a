package waiver

import (
	"cmp"
	"fmt"
	"strconv"
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

// Valid tells whether the calendar has the day, in the years 0 to 9999.
func (d Date) Valid() bool {
	return d.Year >= 0 && d.Year <= 9999 && d.Month >= 1 && d.Month <= 12 && d.Day >= 1 && d.Day <= d.monthLength()
}

func (d Date) monthLength() int {
	switch d.Month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if d.Year%4 == 0 && (d.Year%100 != 0 || d.Year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// IsZero tells that there is no date.
func (d Date) IsZero() bool { return d == Date{} }

// Compare is negative if d is before e, positive if after.
func (d Date) Compare(e Date) int {
	return cmp.Or(cmp.Compare(d.Year, e.Year), cmp.Compare(d.Month, e.Month), cmp.Compare(d.Day, e.Day))
}

// String is YYYY-MM-DD, "" for the zero Date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}
