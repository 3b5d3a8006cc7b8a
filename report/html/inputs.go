package html

import (
	"slices"

	"iamctl/report"
	"iamctl/result"
)

// entryRow is an entry of the dictionary.
type entryRow struct{ result.Entry }

// Text is what is equal only because of the entry.
func (e entryRow) Text() string { return report.EntryText(&e.Entry) }

// EntryRows are the entries of the dictionary, the weightiest first.
func (p *page) EntryRows() []entryRow {
	first, _ := cut(report.ByWeight(p.Result), p.limits.list)
	var out []entryRow
	for _, e := range first {
		out = append(out, entryRow{e})
	}
	return out
}

// EntriesMore is how many of them are not listed.
func (p *page) EntriesMore() int { return max(0, len(p.Entries)-p.limits.list) }

// ExcludedTexts are the roles that were left out, by rule.
func (p *page) ExcludedTexts() []string {
	var out []string
	for i := range p.Excluded {
		out = append(out, report.ExcludedText(result.Whole, p.Tags(), &p.Excluded[i]))
	}
	return out
}

// inputRow is an input, or the lack of one.
type inputRow struct {
	result.Input
	Title string
	// Absent is what stands in place of an input that there is not.
	Absent string
}

// Inputs are what decided the result besides the accounts, also the kinds of
// which there is none.
func (p *page) Inputs() []inputRow {
	var out []inputRow
	add := func(in result.Input, absent string) {
		out = append(out, inputRow{in, report.InputTitle(report.Clip, in.Kind), absent})
	}
	files := p.Meta.Files()
	for _, k := range []struct{ kind, absent string }{
		{result.InputReference, "not told"},
		{result.InputDictionary, "none"},
		{result.InputWaivers, "none"},
		{result.InputSince, "no earlier run"},
	} {
		if !slices.ContainsFunc(files, func(in result.Input) bool { return in.Kind == k.kind }) {
			add(result.Input{Kind: k.kind}, k.absent)
		}
	}
	for _, in := range files {
		add(in, "built in")
	}
	return out
}
