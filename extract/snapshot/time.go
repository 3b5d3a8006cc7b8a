package snapshot

import (
	"fmt"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"iamctl/extract"
)

// moment is a time in a file, such as "2026-01-31T12:00:00Z". The zero time is left out.
type moment time.Time

// IsZero reports whether the field is left out.
func (m moment) IsZero() bool { return time.Time(m).IsZero() }

// MarshalJSONTo writes the time.
func (m moment) MarshalJSONTo(enc *jsontext.Encoder) error {
	return enc.WriteToken(jsontext.String(time.Time(m).Format(time.RFC3339)))
}

// UnmarshalJSONFrom reads the time.
func (m *moment) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	return readTime(dec, (*time.Time)(m), extract.ParseTime, "time such as 2026-01-31T12:00:00Z")
}

// day is a day in a file, such as "2026-01-31". The zero time is left out.
type day time.Time

// IsZero reports whether the field is left out.
func (d day) IsZero() bool { return time.Time(d).IsZero() }

// MarshalJSONTo writes the day.
func (d day) MarshalJSONTo(enc *jsontext.Encoder) error {
	return enc.WriteToken(jsontext.String(time.Time(d).Format(time.DateOnly)))
}

// UnmarshalJSONFrom reads the day.
func (d *day) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	return readTime(dec, (*time.Time)(d), func(s string) time.Time {
		t, _ := time.Parse(time.DateOnly, s)
		return extract.Time(t)
	}, "day such as 2026-01-31")
}

// readTime reads a string that parse does not return the zero time of.
func readTime(dec *jsontext.Decoder, to *time.Time, parse func(string) time.Time, want string) error {
	var s text
	err := s.UnmarshalJSONFrom(dec)
	if err != nil {
		return err
	}
	if *to = parse(string(s)); to.IsZero() {
		return fmt.Errorf("a %s is wanted here", want)
	}
	return nil
}
