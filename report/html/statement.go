package html

import (
	"html/template"
	"strconv"

	"iamctl/report/documents"
	"iamctl/result"
	"iamctl/verdict/question"
)

// maxStatements is how many bytes of deciding statements a page may have: those of the
// worst roles. The documents of the others have theirs.
const maxStatements = 1 << 20

// statements sets statements that decide beside those of the other account.
type statements struct {
	run      *result.Result
	rewrites [2]*documents.Rewrites
	parsed   map[[2]int]*documents.Document // by side and index
	used     int
}

func newStatements(r *result.Result) *statements {
	return &statements{
		run: r, rewrites: [2]*documents.Rewrites{documents.NewRewrites(r.Rewrites.A), documents.NewRewrites(r.Rewrites.B)},
		parsed: map[[2]int]*documents.Document{},
	}
}

func (s *statements) document(side int, i *int) *documents.Document {
	if i == nil {
		return nil
	}
	key := [2]int{side, *i}
	d := s.parsed[key]
	if d == nil {
		d = documents.Parse(s.run.Documents[*i].Text, s.rewrites[side])
		s.parsed[key] = d
	}
	return d
}

// Statements are the statements that decide about the request on either side, each
// beside the one of the other account that is most like it.
func (w proof) Statements() template.HTML {
	s := w.scope.section
	var out lineWriter
	for side, places := range w.Witness.Statements {
		for i := range places {
			s.page.statements.write(&out, s, side, &places[i])
		}
	}
	return template.HTML(out.String())
}

// write writes the statement of a side at a place, marked.
func (s *statements) write(w *lineWriter, role roleSection, side int, at *question.Place) {
	head := placeText(at)
	for _, d := range role.Documents {
		if s.used > maxStatements || d.PolicyType != at.PolicyType || d.PolicyName != at.PolicyName {
			continue
		}
		c, both, ok := documents.CompareStatement(s.document(0, d.A), s.document(1, d.B), side, at.Statement)
		if !ok {
			break
		}
		before := w.Len()
		var heads [2]string
		for i, k := range both {
			heads[i] = role.page.Tag(i) + ": no such statement"
			if k >= 0 {
				heads[i] = role.page.Tag(i) + ": statement " + strconv.Itoa(k+1)
			}
		}
		w.WriteString("<p>" + string(clip(role.page.Tag(side), result.TagLimit)) + " decides by <b>" + string(escapeText(head)) + "</b></p>")
		w.decided(c.Lines, heads, side)
		s.used += w.Len() - before
		return
	}
	w.WriteString("<p>" + string(clip(role.page.Tag(side), result.TagLimit)) + " decides by <b>" + string(escapeText(head)) + "</b></p>")
}

// placeText names a statement, from 1.
func placeText(at *question.Place) string {
	text := policyLabel(at.PolicyType, at.PolicyName)
	if at.Statement >= 0 {
		text += ", statement " + strconv.Itoa(at.Statement+1)
	}
	return text
}

// decided writes two statements, with that of a side marked as the one that decides.
func (w *lineWriter) decided(lines []documents.Line, heads [2]string, side int) {
	w.WriteString("<table class=d>")
	for i, head := range heads {
		w.WriteString("<th scope=col class=" + sideClass(i) + ">")
		if i == side {
			w.WriteString("<b class=by>" + string(escapeText(head)) + ", decides</b>")
		} else {
			w.WriteString(string(escapeText(head)))
		}
	}
	w.rows(lines)
	w.WriteString("</table>")
}
