package ledger

import (
	"fmt"
	"time"
)

// moment is a time in UTC and seconds, as the files have it; "" is none.
type moment struct{ at time.Time }

// UnmarshalText reads a time.
func (m *moment) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		return nil
	}
	t, err := time.Parse(time.RFC3339, string(text))
	if err != nil || t.Year() < 2000 || t.Year() > 9999 {
		return fmt.Errorf("%q is no time such as 2026-11-27T12:00:00Z", text)
	}
	m.at = seconds(t)
	return nil
}

// seconds returns a time as the files have it.
func seconds(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return t.UTC().Truncate(time.Second)
}
