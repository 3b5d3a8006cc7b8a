package policy

// Match tells whether the pattern matches s.
func Match(pattern, s string) bool { panic("not yet") }

// MatchFold is Match without regard to the case of ASCII letters.
func MatchFold(pattern, s string) bool { return Match(Fold(pattern), Fold(s)) }

// Intersects tells whether there is a string that both patterns match.
func Intersects(p, q string) bool { panic("not yet") }

// Covers tells whether p certainly matches every string that q matches.
func Covers(p, q string) bool { panic("not yet") }

// CanonicalPattern writes runs of wildcards as ?...?*.
func CanonicalPattern(p string) string { panic("not yet") }

// Fold is s with ASCII letters in lower case.
func Fold(s string) string { panic("not yet") }

// VariablesAsPattern over-approximates policy variables by wildcards.
func VariablesAsPattern(s string) string { panic("not yet") }
