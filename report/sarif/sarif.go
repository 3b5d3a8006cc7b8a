package sarif

import (
	"encoding/json"
	"io"
	"iter"
	"time"

	"iamctl/internal/bulk"
	"iamctl/report"
	"iamctl/result"
)

// resultLimit is how many results a log may have: GitHub's code scanning
// refuses a log with more than 25,000 ("SARIF support for code scanning").
const resultLimit = 25_000

// language is what the messages are written in.
const language = "en-GB"

// Options say where drift stands and what is left out.
type Options struct {
	// Locate and Source may be nil: results then say which role they are
	// about, but in no file.
	Locate Locate
	Source Source
	// OpenOnly leaves out what is waived or fixed. GitHub's code scanning
	// shows that as open alerts all the same.
	OpenOnly bool
}

// Write writes a log of SARIF 2.1.0: a result for each difference, gap and
// reason of masked items in a role. Waived drift is suppressed; where the run
// was held against another, each result has a baselineState, a gap or a masked
// item that of something new. Of more results than code scanning takes the
// errors come before the warnings and these before the notes, and a
// notification says how many are left out.
func Write(w io.Writer, r *result.Result, o Options) error {
	s := newWriter(w, r, o)
	s.Raw("{\n\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\n\"version\":\"2.1.0\",\n\"runs\":[{\n")
	s.member("tool", tool{driver{
		Name: "iamctl", Version: report.Clip(r.Meta.Iamctl, result.LineLimit), Language: language, Rules: rules,
		Notifications: []descriptor{rules[ruleIndex[ruleGap]], truncated},
	}})
	s.member("automationDetails", details{
		ID:          "iamctl/" + report.FileSafe(r.Accounts.A.Tag) + "-" + report.FileSafe(r.Accounts.B.Tag) + "/",
		Description: message{"Drift of the IAM roles of " + escape(r.Accounts.A.Tag, result.TagLimit) + " and " + escape(r.Accounts.B.Tag, result.TagLimit)},
	})
	s.member("language", language)
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

var truncated = descriptor{
	ID: "truncated", Name: "Truncated", DefaultConfiguration: configuration{levelWarning},
	ShortDescription: message{"Not all results are in the log"},
	FullDescription:  message{"There are more results than code scanning takes. The run's diff.json has them all."},
}

type writer struct {
	*bulk.Writer
	r      *result.Result
	o      Options
	tags   [2]string
	places *places
	// aged and judged tell that every result has a baselineState, and
	// suppressions.
	aged, judged bool
	left         int
}

func newWriter(w io.Writer, r *result.Result, o Options) *writer {
	s := &writer{Writer: bulk.NewWriter(w), r: r, o: o, tags: r.Tags(), places: newPlaces(r, o.Locate, o.Source)}
	s.aged = r.HeldAgainst()
	s.judged = len(r.Waivers) > 0 || r.Meta.Waivers != ""
	return s
}

// value writes a value by encoding/json.
func (s *writer) value(v any) {
	b, err := json.Marshal(v)
	if err != nil {
		s.Fail(err)
	}
	s.Buf = append(s.Buf, b...)
}

func (s *writer) member(name string, v any) {
	s.Raw(`"` + name + `":`)
	s.value(v)
	s.Raw(",\n")
}

// finding is a result that is made once it is known to be wanted.
type finding struct {
	level string
	make  func() logResult
}

// results writes all findings, or those that matter most.
func (s *writer) results() {
	count := map[string]int{}
	for f := range s.findings() {
		count[f.level]++
	}
	room := resultLimit
	for _, level := range []string{levelError, levelWarning, levelNote, levelNone} {
		n := min(count[level], room)
		s.left += count[level] - n
		count[level] = n
		room -= n
	}
	bulk.Each(s.Writer, s.chosen(count), s.value)
}

// chosen makes so many of the findings of each level, the first ones.
func (s *writer) chosen(count map[string]int) iter.Seq[any] {
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
func (s *writer) invocation() invocation {
	i := invocation{
		ExecutionSuccessful: true, ExitCode: int(s.r.ExitCode), ExitCodeDescription: s.exitCodeDescription(), Notifications: []notification{},
	}
	if t, err := time.Parse(time.RFC3339, s.r.Meta.Time); err == nil {
		i.EndTime = t.UTC().Format(time.RFC3339)
	}
	for _, g := range s.r.Gaps[:min(len(s.r.Gaps), resultLimit)] {
		i.ExecutionSuccessful = i.ExecutionSuccessful && !g.Blind
		i.Notifications = append(i.Notifications, notification{
			reference{ruleGap}, gapLevel(&g), message{report.GapText(escape, &g)},
		})
	}
	if s.left > 0 {
		i.Notifications = append(i.Notifications, notification{
			reference{truncated.ID},
			levelWarning,
			message{result.Count(s.left, "result is", "results are") + " left out, because code scanning takes no more than 25,000; " + result.FileName + " has them all"},
		})
	}
	return i
}

func (s *writer) exitCodeDescription() string {
	switch {
	case s.r.ExitCode == result.ExitIncomplete:
		return "incomplete"
	case s.r.ExitCode == result.ExitDrift:
		return "drift"
	case s.r.Drift:
		return "no new drift"
	}
	return "in sync"
}

func gapLevel(g *result.Gap) string {
	if g.Blind {
		return levelError
	}
	return levelWarning
}
