// Package sarif writes a result as a log of SARIF 2.1.0, for code scanning. A
// result.Result goes in, with functions that return the files of its roles.
//
// All text that comes from AWS is escaped in escape.go. A log has no more results
// than code scanning takes, and says how many are left out. Write is where to
// begin; rules.go has the rules and their levels.
package sarif

import (
	"encoding/json"
	"io"
	"iter"

	"iamctl/internal/bulk"
	"iamctl/internal/visible"
	"iamctl/report"
	"iamctl/result"
)

// resultLimit is how many results a log may have: GitHub's code scanning
// refuses a log with more than 25,000 ("SARIF support for code scanning").
const resultLimit = 25_000

// language is what the messages are written in.
const language = "en-GB"

// Options say where the files of roles are and what is left out.
type Options struct {
	// Locate and Source may be nil: all results are then in the file Fallback.
	Locate Locate
	Source Source
	// Fallback is the file of results that have none of their own, a path from the
	// root of the repository; "" for diff.json. GitHub's code scanning takes no
	// result without a file, but the file need not be there ("SARIF support for
	// code scanning", location object).
	Fallback string
	// OpenOnly leaves out what is waived or fixed. GitHub's code scanning
	// shows that as open alerts all the same.
	OpenOnly bool
}

// Write writes a log of SARIF 2.1.0: a result for each difference that counts, each gap
// and each reason of masked items in a role. Waived drift is suppressed. If the run
// was held against another, each result has a baselineState; gaps and masked
// items count as new. If there are more results than code scanning takes, the
// errors go first, then the warnings, then the notes, and a notification says how
// many are left out.
func Write(w io.Writer, r *result.Result, o Options) error {
	s := newWriter(w, r, o)
	s.Raw("{\n\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\n\"version\":\"2.1.0\",\n\"runs\":[{\n")
	s.member("tool", tool{driver{
		Name: "iamctl", Version: report.Clip(r.Meta.Iamctl, result.LineLimit), Language: language, Rules: s.rules,
		Notifications: []descriptor{rules[ruleIndex[ruleGap]], wideRule, outgrownWaiver, uncounted, truncated},
	}})
	s.member("automationDetails", details{
		ID:          "iamctl/" + report.FileSafe(r.Accounts.A.Tag) + "-" + report.FileSafe(r.Accounts.B.Tag) + "/",
		Description: message{"Drift of the IAM roles of " + escape(r.Accounts.A.Tag, result.TagLimit) + " and " + escape(r.Accounts.B.Tag, result.TagLimit)},
	})
	s.member("language", language)
	if inputs := s.inputs(); inputs != nil {
		s.member("properties", runProperties{inputs, s.entries()})
	}
	s.member("newlineSequences", []string{"\n"})
	s.member("columnKind", "utf16CodeUnits")
	s.Raw(`"results":`)
	s.results()
	s.Raw(",\n")
	s.member("invocations", []invocation{s.invocation()})
	s.Buf = s.Buf[:len(s.Buf)-len(",\n")]
	s.Raw("\n}]\n}\n")
	return s.Close()
}

// inputs returns what decided the result besides the accounts, and what was left
// out of those.
func (s *writer) inputs() []input {
	var out []input
	for _, in := range s.r.Meta.Files() {
		out = append(out, input{escape(in.Kind, result.TagLimit), report.InputText(escape, &in)})
	}
	for i := range s.r.Excluded {
		out = append(out, input{"excluded", report.ExcludedText(escape, s.tags, &s.r.Excluded[i])})
	}
	return out
}

// entries returns what is equal only because of each entry of the dictionary.
func (s *writer) entries() []input {
	var out []input
	for _, e := range report.ByWeight(s.r) {
		out = append(out, input{report.EntryName(escape, &e), report.EntryText(&e)})
	}
	return out
}

type writer struct {
	*bulk.Writer
	r       *result.Result
	o       Options
	tags    [2]string
	locator *locator
	// aged and judged report whether every result has a baselineState, and
	// whether every one has suppressions.
	aged, judged bool
	// rules are those of the log, and ruleIndex their indexes by their ids.
	rules     []descriptor
	ruleIndex map[string]int
	// left is how many results are left out.
	left int
}

func newWriter(w io.Writer, r *result.Result, o Options) *writer {
	s := &writer{Writer: bulk.NewWriter(w), r: r, o: o, tags: r.Tags(), locator: newLocator(r, o)}
	s.aged = r.HeldAgainst()
	s.judged = len(r.Waivers) > 0 || r.Meta.Waivers != ""
	s.listRules()
	return s
}

// value writes a value by encoding/json.
func (s *writer) value(v any) {
	b, err := json.Marshal(v)
	if err != nil {
		s.Fail(err)
	}
	s.Buf = visible.EscapeJSON(s.Buf, b)
}

func (s *writer) member(name string, v any) {
	s.Raw(`"` + name + `":`)
	s.value(v)
	s.Raw(",\n")
}

// results writes all findings, or those that matter most if there is no room for
// all.
func (s *writer) results() {
	counts := map[string]map[any]int{}
	for f := range s.findings() {
		if counts[f.level] == nil {
			counts[f.level] = map[any]int{}
		}
		counts[f.level][f.of]++
	}
	room, shares := resultLimit, map[string]*share{}
	for _, level := range []string{levelError, levelWarning, levelNote, levelNone} {
		var left int
		shares[level], left = newShare(counts[level], room)
		s.left += left
		for _, n := range counts[level] {
			room -= n
		}
		room = max(0, room)
	}
	bulk.Each(s.Writer, s.chosen(shares), s.value)
}

// chosen yields the findings that the shares of their levels have room for.
func (s *writer) chosen(shares map[string]*share) iter.Seq[any] {
	return func(yield func(any) bool) {
		for f := range s.findings() {
			if shares[f.level].take(f.of) && !yield(f.make()) {
				return
			}
		}
	}
}
