package sarif

import (
	"time"

	"iamctl/report"
	"iamctl/result"
)

// truncated is the notification that results are left out.
var truncated = descriptor{
	ID: "truncated", Name: "Truncated", DefaultConfiguration: configuration{levelWarning},
	ShortDescription: message{"Not all results are in the log"},
	FullDescription:  message{"There are more results than code scanning takes. The run's diff.json has them all."},
}

// uncounted is the notification that drift is left out which does not count.
var uncounted = descriptor{
	ID: "uncounted", Name: "Uncounted", DefaultConfiguration: configuration{levelNote},
	ShortDescription: message{"Differences without a change in meaning are not in the log"},
	FullDescription:  message{"The run counts by meaning. What changes no permission is no result, and would be an alert. The run's diff.json has it."},
}

// uncounted returns how many differences do not count and are left out.
func (s *writer) uncounted() int {
	n := 0
	if s.r.Meta.By != result.ByMeaning {
		return n
	}
	for d := range s.r.Drifts() {
		if !s.r.Matters(&d) {
			n++
		}
	}
	return n
}

// wideRule is the notification that an ignore rule leaves little to report.
var wideRule = descriptor{
	ID: "wide-rule", Name: "WideRule", DefaultConfiguration: configuration{levelWarning},
	ShortDescription: message{"An ignore rule leaves little to report"},
	FullDescription:  message{"A rule of waivers.json accepts all drift of the comparison, or drift of most roles. Name the roles that it is for."},
}

// outgrownWaiver is the notification that a waiver which is bound to a meaning accepts
// nothing any more.
var outgrownWaiver = descriptor{
	ID: "outgrown-waiver", Name: "OutgrownWaiver", DefaultConfiguration: configuration{levelWarning},
	ShortDescription: message{"A waiver is outgrown"},
	FullDescription:  message{"A waiver of what the drift of a role means accepts nothing any more, for the roles differ in more than was accepted, or may. Look at the role, then accept that anew."},
}

// invocation returns how the run ended, with a notification for each gap, for each
// ignore rule that leaves little to report and for each waiver that is outgrown.
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
	for _, w := range report.WideRules(s.r) {
		i.Notifications = append(i.Notifications, notification{reference{wideRule.ID}, levelWarning, message{report.WideText(escape, &w)}})
	}
	if n := s.uncounted(); n > 0 {
		i.Notifications = append(i.Notifications, notification{
			reference{uncounted.ID},
			levelNote,
			message{result.Count(n, "difference is", "differences are") + " left out, because the run counts by meaning; " + result.FileName + " has them all"},
		})
	}
	for _, w := range report.OutgrownWaivers(s.r) {
		i.Notifications = append(i.Notifications, notification{reference{outgrownWaiver.ID}, levelWarning, message{report.OutgrownText(escape, &w)}})
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
