package result

import (
	"slices"

	"iamctl/verdict"
	"iamctl/verdict/severity"
)

// meaning checks what the differences of the i-th of a list mean.
func (c *fileCheck) meaning(m *Meaning, list string, i int) {
	if m == nil {
		return
	}
	c.holds(c.run.Version > 1, "%s[%d] has a meaning, which version 1 has not", list, i)
	c.severity(m.Severity, list, i)
	for _, scope := range Scopes() {
		s := m.Of(scope)
		if s == nil {
			continue
		}
		verdicts := []verdict.Verdict{verdict.Equal, verdict.More, verdict.Less, verdict.Different, verdict.Unknown}
		c.holds(slices.Contains(verdicts, s.Verdict) && slices.Contains(verdicts, s.Future), "%s[%d]: a verdict is none of %v", list, i, verdicts)
		c.severity(s.Severity, list, i)
		c.holds(!s.Severity.Worse(m.Severity), "%s[%d]: its severity is %s, but that of a part is %s", list, i, m.Severity, s.Severity)
		for _, w := range s.Witnesses {
			c.holds(w.AllowedBy == 1 || w.AllowedBy == 2, "%s[%d]: allowed_by is neither 1 nor 2", list, i)
		}
	}
}

func (c *fileCheck) severity(l severity.Level, list string, i int) {
	c.holds(slices.Contains(severity.Levels(), l), "%s[%d]: a severity is none of %v", list, i, severity.Levels())
}
