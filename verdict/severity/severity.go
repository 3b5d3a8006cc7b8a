// Package severity ranks what a change of permissions lets somebody do, and says it in
// words. docs/verdicts.md has the table.
//
// All is decided by comparing and by asking the evaluator, never by the text of a
// statement: the same permissions written another way are judged the same. A judgement
// takes a few more comparisons than the verdict, and no more than Steps steps for all.
package severity

import (
	"slices"

	"iamctl/verdict"
	"iamctl/verdict/escalation"
)

// Level is how bad a change is.
type Level string

// The levels, worst first.
const (
	// Critical: an administrator, a way to more permissions, trust in everyone or in
	// an account that was not there, or a boundary gone.
	Critical Level = "critical"
	// High: permissions management, writes on everything without a condition, a
	// condition or Deny that guarded is gone, or wider trust.
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

// Worse reports whether a level is worse than another.
func (l Level) Worse(than Level) bool {
	levels := Levels()
	return slices.Index(levels, l) < slices.Index(levels, than)
}

// Judgement is what a change means.
type Judgement struct {
	Level Level
	// Kind says in words what kind of change it is.
	Kind string
	// Escalations are the minimal ways to more permissions that were gained.
	Escalations []escalation.Set
	// Witness is a request that the new side alone allows and that shows the kind, as
	// package eval decided. It is nil where the result's own witness does.
	Witness *verdict.Witness
}

// Steps is what all comparisons of a judgement together may take, besides the verdict.
const Steps = 2 * verdict.DefaultSteps
