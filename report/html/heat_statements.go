package html

import (
	"fmt"
	"strings"

	"iamctl/report"
	"iamctl/report/documents"
	"iamctl/result/matrix"
)

// heatPolicy is what of a policy the reference or a form alone says: its name, and lines as
// the index of their text times three and who has it: 0 both, 1 the reference, 2 the form.
type heatPolicy struct {
	Name  string `json:"n"`
	Lines []int  `json:"l"`
}

// heatTexts has each distinct line once.
type heatTexts struct {
	texts []string
	known map[string]int
	used  int
}

func (h *heatTexts) index(s string) int {
	i, ok := h.known[s]
	if !ok {
		i = len(h.texts)
		h.texts, h.known[s] = append(h.texts, s), i
		h.used += len(s) + 3
	}
	return i
}

// heatIndex is how many bytes the number of a line takes in the page.
const heatIndex = 7

// policies returns what one side alone says, the statements of both side by side.
func (h *heatTexts) policies(list []matrix.Policy) []heatPolicy {
	var out []heatPolicy
	for i := range list {
		p := &list[i]
		one := heatPolicy{Name: report.Clip(strings.TrimSpace(p.Type+" policy "+p.Name), heatLine)}
		for _, l := range documents.Compare(documents.Statements(p.A), documents.Statements(p.B)).Lines {
			side := 0
			switch l.Kind {
			case documents.OnlyA:
				side = 1
			case documents.OnlyB:
				side = 2
			}
			one.Lines = append(one.Lines, 3*h.index(lineOf(l.Text()))+side)
		}
		if p.Left > 0 {
			one.Lines = append(one.Lines, 3*h.index(fmt.Sprintf("… and %s for which there is no room", plural(p.Left, "statement", "statements"))))
		}
		h.used += heatIndex*len(one.Lines) + len(one.Name) + 16
		out = append(out, one)
	}
	return out
}

// lineOf returns a line of a statement at the left margin.
func lineOf(s string) string {
	s = strings.TrimPrefix(s, "\t\t")
	return report.Clip(strings.ReplaceAll(s, "\t", "  "), heatLine)
}

// attributeLines say which attributes differ.
func attributeLines(list []matrix.Attribute) []string {
	var out []string
	for i := range list {
		a := &list[i]
		out = append(out, fmt.Sprintf("%s: %s in the others, %s in this account", report.Clip(strings.TrimSpace(kindLabel(kindAttribute+a.Kind)+" "+a.Key), heatLine), valueText(a.A), valueText(a.B)))
	}
	return out
}

// valueText is the value of an attribute in words.
func valueText(v *string) string {
	switch {
	case v == nil:
		return "none"
	case *v == "":
		return "there"
	}
	return report.Clip(*v, heatLine)
}
