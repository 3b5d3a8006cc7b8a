package report

import (
	"encoding/json"
	"io"
	"iter"
	"time"
)

// sarifLimit is how many results a log may have: GitHub's code scanning
// refuses a log with more than 25,000 ("SARIF support for code scanning").
const sarifLimit = 25_000

// sarifLanguage is what the messages are written in.
const sarifLanguage = "en-GB"

// SARIFOptions say where drift stands and what is left out.
type SARIFOptions struct {
	// Locate and Source may be nil: results then say which role they are
	// about, but in no file.
	Locate Locate
	Source Source
	// OpenOnly leaves out what is waived or fixed. GitHub's code scanning
	// shows that as open alerts all the same.
	OpenOnly bool
}

// SARIF writes a log of SARIF 2.1.0: a result for each difference, gap and
// reason of masked items in a role. Waived drift is suppressed; where the run
// was held against another, each result has a baselineState, a gap or a masked
// item that of something new. Of more results than code scanning takes the
// errors come before the warnings and these before the notes, and a
// notification says how many are left out.
func SARIF(w io.Writer, r *Run, o SARIFOptions) error {
	s := newSarif(w, r, o)
	s.raw("{\n\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\n\"version\":\"2.1.0\",\n\"runs\":[{\n")
	s.member("tool", sarifTool{sarifDriver{
		Name: "iamctl", Version: clip(r.Meta.Iamctl, clipLine), Language: sarifLanguage, Rules: sarifRules,
		Notifications: []sarifDescriptor{sarifRules[sarifRuleIndex[ruleGap]], truncated},
	}})
	s.member("automationDetails", sarifDetails{
		ID:          "iamctl/" + fileSafe(r.Accounts.A.Tag) + "-" + fileSafe(r.Accounts.B.Tag) + "/",
		Description: sarifMessage{"Drift of the IAM roles of " + sarifText(r.Accounts.A.Tag, clipTag) + " and " + sarifText(r.Accounts.B.Tag, clipTag)},
	})
	s.member("language", sarifLanguage)
	s.member("newlineSequences", []string{"\n"})
	s.member("columnKind", "utf16CodeUnits")
	s.raw(`"results":`)
	s.results()
	s.raw(",\n")
	s.member("invocations", []sarifInvocation{s.invocation()})
	s.buf = s.buf[:len(s.buf)-len(",\n")]
	s.raw("\n}]\n}\n")
	return s.close()
}

var truncated = sarifDescriptor{
	ID: "truncated", Name: "Truncated", DefaultConfiguration: sarifConfiguration{levelWarning},
	ShortDescription: sarifMessage{"Not all results are in the log"},
	FullDescription:  sarifMessage{"There are more results than code scanning takes. The run's diff.json has them all."},
}

type sarif struct {
	jsonWriter
	r      *Run
	o      SARIFOptions
	tags   [2]string
	places *places
	// aged and judged tell that every result has a baselineState, and
	// suppressions.
	aged, judged bool
	left         int
}

func newSarif(w io.Writer, r *Run, o SARIFOptions) *sarif {
	s := &sarif{jsonWriter: jsonWriter{newRowWriter(w)}, r: r, o: o, tags: r.tags(), places: newPlaces(r, o.Locate, o.Source)}
	_, s.aged = r.Counts[countNew]
	s.judged = len(r.Waivers) > 0 || r.Meta.Waivers != ""
	return s
}

// value writes a value by encoding/json.
func (s *sarif) value(v any) {
	b, err := json.Marshal(v)
	if err != nil && s.err == nil {
		s.err = err
	}
	s.buf = append(s.buf, b...)
}

func (s *sarif) member(name string, v any) {
	s.buf = appendName(s.buf, name)
	s.value(v)
	s.raw(",\n")
}

// finding is a result that is made once it is known to be wanted.
type finding struct {
	level string
	make  func() sarifResult
}

// results writes all findings, or those that matter most.
func (s *sarif) results() {
	count := map[string]int{}
	for f := range s.findings() {
		count[f.level]++
	}
	room := sarifLimit
	for _, level := range []string{levelError, levelWarning, levelNote, levelNone} {
		n := min(count[level], room)
		s.left += count[level] - n
		count[level] = n
		room -= n
	}
	each(&s.jsonWriter, s.chosen(count), s.value)
}

// chosen makes so many of the findings of each level, the first ones.
func (s *sarif) chosen(count map[string]int) iter.Seq[any] {
	return func(yield func(any) bool) {
		for f := range s.findings() {
			if count[f.level] == 0 {
				continue
			}
			count[f.level]--
			if !yield(f.make()) {
				return
			}
		}
	}
}

// invocation says how the run ended, with a notification for each gap.
func (s *sarif) invocation() sarifInvocation {
	i := sarifInvocation{ExecutionSuccessful: true, ExitCodeDescription: "in sync", Notifications: []sarifNotification{}}
	if t, err := time.Parse(time.RFC3339, s.r.Meta.Time); err == nil {
		i.EndTime = t.UTC().Format(time.RFC3339)
	}
	switch {
	case s.r.Incomplete:
		i.ExitCode, i.ExitCodeDescription = 3, "incomplete"
	case s.r.Drift:
		i.ExitCode, i.ExitCodeDescription = 1, "drift"
	}
	for _, g := range s.r.Gaps[:min(len(s.r.Gaps), sarifLimit)] {
		i.ExecutionSuccessful = i.ExecutionSuccessful && !g.Blind
		i.Notifications = append(i.Notifications, sarifNotification{
			sarifReference{ruleGap}, gapLevel(&g), sarifMessage{gapText(sarifText, &g)},
		})
	}
	if s.left > 0 {
		i.Notifications = append(i.Notifications, sarifNotification{
			sarifReference{truncated.ID},
			levelWarning,
			sarifMessage{plural(s.left, "result is", "results are") + " left out, because code scanning takes no more than 25,000; " + JSONName + " has them all"},
		})
	}
	return i
}

func gapLevel(g *RunGap) string {
	if g.Blind {
		return levelError
	}
	return levelWarning
}
