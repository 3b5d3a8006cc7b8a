// Package severity ranks what a change of permissions lets somebody do, and says it in
// words. docs/verdicts.md has the table.
package severity

// Level is how bad a change is.
type Level string

// The levels, worst first.
const (
	// Critical: an administrator, a way to more permissions, or a boundary gone.
	Critical Level = "critical"
	// High: permissions management, writes on everything without a condition, or a
	// condition or Deny that guarded is gone.
	High Level = "high"
	// Medium: other writes.
	Medium Level = "medium"
	// Low: reads, or something less.
	Low Level = "low"
	// None: the same permissions.
	None Level = "none"
)

// Levels returns all levels, worst first.
func Levels() []Level { return []Level{Critical, High, Medium, Low, None} }

// Judgement is what a change means.
type Judgement struct {
	Level Level
	// Kind says in words what kind of change it is.
	Kind string
	// Escalations are the minimal ways to more permissions that were gained.
	Escalations []Escalation
}
