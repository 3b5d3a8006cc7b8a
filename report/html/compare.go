package html

import (
	"slices"
	"strings"
)

// htmlOp is a line, or two lines that stand for each other, of two documents.
type htmlOp struct {
	// kind is '=' for the same text, '~' for lines that are equal after
	// rewriting or mean the same, '-' for a line of A alone, '+' of B alone.
	kind byte
	a, b *htmlDocLine
}

// compareHTMLDocs sets two documents side by side. A statement of B stands
// where the statement of A is that has most in common with it: in a policy
// the order of statements means nothing.
func compareHTMLDocs(a, b *htmlDoc) []htmlOp {
	ops := compareHTMLLines(nil, a.before, b.before)
	partner := matchHTMLBlocks(a.statements, b.statements)
	taken := make([]bool, len(b.statements))
	order := make([][2][]htmlDocLine, 0, len(a.statements))
	for i := range a.statements {
		pair := [2][]htmlDocLine{a.statements[i].lines}
		if j := partner[i]; j >= 0 {
			pair[1], taken[j] = b.statements[j].lines, true
		}
		order = append(order, pair)
	}
	for j := range b.statements {
		if !taken[j] {
			order = append(order, [2][]htmlDocLine{nil, b.statements[j].lines})
		}
	}
	setHTMLCommas(order)
	for _, pair := range order {
		ops = compareHTMLLines(ops, pair[0], pair[1])
	}
	return compareHTMLLines(ops, a.after, b.after)
}

// setHTMLCommas puts a comma after each statement but a side's last.
func setHTMLCommas(order [][2][]htmlDocLine) {
	for side := range 2 {
		comma := false
		for i := len(order) - 1; i >= 0; i-- {
			if lines := order[i][side]; len(lines) > 0 {
				lines[len(lines)-1].comma = comma
				comma = true
			}
		}
	}
}

// compareHTMLLines appends the comparison of two runs of lines.
func compareHTMLLines(ops []htmlOp, a, b []htmlDocLine) []htmlOp {
	same := func(x, y *htmlDocLine) {
		kind := byte('=')
		if x.text != y.text {
			kind = '~'
		}
		ops = append(ops, htmlOp{kind, x, y})
	}
	for len(a) > 0 && len(b) > 0 && a[0].key == b[0].key {
		same(&a[0], &b[0])
		a, b = a[1:], b[1:]
	}
	tail := 0
	for tail < min(len(a), len(b)) && a[len(a)-1-tail].key == b[len(b)-1-tail].key {
		tail++
	}
	i, j := 0, 0
	for _, m := range commonHTMLLines(a[:len(a)-tail], b[:len(b)-tail]) {
		ops = onlyHTMLLines(ops, a[i:m[0]], b[j:m[1]])
		same(&a[m[0]], &b[m[1]])
		i, j = m[0]+1, m[1]+1
	}
	ops = onlyHTMLLines(ops, a[i:len(a)-tail], b[j:len(b)-tail])
	for k := tail; k > 0; k-- {
		same(&a[len(a)-k], &b[len(b)-k])
	}
	return ops
}

func onlyHTMLLines(ops []htmlOp, a, b []htmlDocLine) []htmlOp {
	for i := range a {
		ops = append(ops, htmlOp{kind: '-', a: &a[i]})
	}
	for i := range b {
		ops = append(ops, htmlOp{kind: '+', b: &b[i]})
	}
	return ops
}

// htmlCells limits the table for the longest common subsequence. Of larger
// texts all lines between the common ends count as different.
const htmlCells = 1 << 20

// commonHTMLLines gives the longest common subsequence as pairs of indexes.
func commonHTMLLines(a, b []htmlDocLine) [][2]int {
	if len(a) == 0 || len(b) == 0 || len(a)*len(b) > htmlCells {
		return nil
	}
	width := len(b) + 1
	length := make([]uint16, (len(a)+1)*width)
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			at := i*width + j
			if a[i].key == b[j].key {
				length[at] = length[at+width+1] + 1
			} else {
				length[at] = max(length[at+width], length[at+1])
			}
		}
	}
	var out [][2]int
	for i, j := 0, 0; i < len(a) && j < len(b); {
		at := i*width + j
		switch {
		case a[i].key == b[j].key:
			out = append(out, [2]int{i, j})
			i, j = i+1, j+1
		case length[at+width] >= length[at+1]:
			i++
		default:
			j++
		}
	}
	return out
}

// htmlPairs limits how many pairs of statements are looked at for likeness.
const htmlPairs = 10_000

// matchHTMLBlocks gives for each statement of a the one of b that stands for
// it, -1 for none: first those that are equal, then those most alike.
func matchHTMLBlocks(a, b []htmlBlock) []int {
	partner, taken := make([]int, len(a)), make([]bool, len(b))
	for i := range a {
		partner[i] = -1
	}
	byText := map[string][]int{}
	for j := range b {
		k := htmlBlockKey(b[j].lines)
		byText[k] = append(byText[k], j)
	}
	for i := range a {
		k := htmlBlockKey(a[i].lines)
		if list := byText[k]; len(list) > 0 {
			partner[i], taken[list[0]], byText[k] = list[0], true, list[1:]
		}
	}
	matchHTMLAlike(a, b, partner, taken)
	matchHTMLLast(partner, taken)
	return partner
}

// matchHTMLLast matches the statements that are left if each side has one.
func matchHTMLLast(partner []int, taken []bool) {
	i, j := slices.Index(partner, -1), slices.Index(taken, false)
	if i >= 0 && j >= 0 && !slices.Contains(partner[i+1:], -1) && !slices.Contains(taken[j+1:], false) {
		partner[i] = j
	}
}

func htmlBlockKey(lines []htmlDocLine) string {
	var key []byte
	for i := range lines {
		key = append(append(key, lines[i].key...), '\n')
	}
	return string(key)
}

// matchHTMLAlike matches the statements that are left, the most alike first.
// Two that share nothing but their effect are not alike.
func matchHTMLAlike(a, b []htmlBlock, partner []int, taken []bool) {
	type likeness struct{ score, i, j int }
	var all []likeness
	if len(a)*len(b) > htmlPairs {
		return
	}
	for i := range a {
		if partner[i] >= 0 {
			continue
		}
		for j := range b {
			if !taken[j] {
				if s := htmlLikeness(&a[i], &b[j]); s > 1 {
					all = append(all, likeness{s, i, j})
				}
			}
		}
	}
	slices.SortStableFunc(all, func(x, y likeness) int { return y.score - x.score })
	for _, l := range all {
		if partner[l.i] < 0 && !taken[l.j] {
			partner[l.i], taken[l.j] = l.j, true
		}
	}
}

// htmlLikeness counts the lines with a value that two statements share, but
// for the Sid (its key has no value). One Sid weighs more than all of them.
func htmlLikeness(a, b *htmlBlock) int {
	score := 0
	if a.sid != "" && a.sid == b.sid {
		score = htmlCells
	}
	has := make(map[string]int, len(a.lines))
	for i := range a.lines {
		has[a.lines[i].key]++
	}
	for i := range b.lines {
		k := b.lines[i].key
		if strings.HasSuffix(k, `"`) && !strings.HasSuffix(k, `""`) && has[k] > 0 {
			has[k]--
			score++
		}
	}
	return score
}
