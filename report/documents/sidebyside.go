package documents

import "slices"

// setSideBySide compares two documents line by line. A statement of B is set
// beside the one of A that it matches; those that match none come last.
func setSideBySide(a, b *Document) []linePair {
	pairs := compareLines(nil, a.before, b.before)
	for _, s := range statementPairs(a.statements, b.statements) {
		pairs = compareLines(pairs, s[0], s[1])
	}
	return compareLines(pairs, a.after, b.after)
}

// statementPairs returns the lines of the statements as they are compared.
func statementPairs(a, b []statement) [][2][]line {
	partner := matchStatements(a, b)
	taken := make([]bool, len(b))
	order := make([][2][]line, 0, len(a))
	for i := range a {
		pair := [2][]line{a[i].lines}
		if j := partner[i]; j >= 0 {
			pair[1], taken[j] = b[j].lines, true
		}
		order = append(order, pair)
	}
	for j := range b {
		if !taken[j] {
			order = append(order, [2][]line{nil, b[j].lines})
		}
	}
	setCommas(order)
	return order
}

// setCommas puts a comma after each statement but a side's last. It leaves the
// documents as they are.
func setCommas(order [][2][]line) {
	for side := range 2 {
		comma := false
		for i := len(order) - 1; i >= 0; i-- {
			lines := order[i][side]
			if len(lines) == 0 {
				continue
			}
			if last := len(lines) - 1; lines[last].comma != comma {
				order[i][side] = slices.Clone(lines)
				order[i][side][last].setComma(comma)
			}
			comma = true
		}
	}
}

func (l *line) setComma(comma bool) {
	l.text, l.comma = l.bare(), comma
	if comma {
		l.text += ","
	}
}

// compareLines appends the comparison of two runs of lines.
func compareLines(pairs []linePair, a, b []line) []linePair {
	head := 0
	for head < min(len(a), len(b)) && a[head].key == b[head].key {
		pairs = append(pairs, together(&a[head], &b[head]))
		head++
	}
	a, b = a[head:], b[head:]
	tail := 0
	for tail < min(len(a), len(b)) && a[len(a)-1-tail].key == b[len(b)-1-tail].key {
		tail++
	}
	middleA, middleB := a[:len(a)-tail], b[:len(b)-tail]
	i, j := 0, 0
	for _, m := range commonLines(middleA, middleB) {
		pairs = apart(pairs, middleA[i:m[0]], middleB[j:m[1]])
		pairs = append(pairs, together(&a[m[0]], &b[m[1]]))
		i, j = m[0]+1, m[1]+1
	}
	pairs = apart(pairs, middleA[i:], middleB[j:])
	for k := tail; k > 0; k-- {
		pairs = append(pairs, together(&a[len(a)-k], &b[len(b)-k]))
	}
	return pairs
}

// together pairs two lines that mean the same.
func together(a, b *line) linePair {
	if a.bare() == b.bare() {
		return linePair{Equal, a, b}
	}
	return linePair{Alike, a, b}
}

// apart appends lines that differ.
func apart(pairs []linePair, a, b []line) []linePair {
	for i := range a {
		pairs = append(pairs, linePair{kind: OnlyA, a: &a[i]})
	}
	for i := range b {
		pairs = append(pairs, linePair{kind: OnlyB, b: &b[i]})
	}
	return pairs
}

// maxCells limits the table for the longest common subsequence. Of larger
// texts all lines between the common ends count as different.
const maxCells = 1 << 20

// commonLines returns the longest common subsequence as pairs of indexes.
func commonLines(a, b []line) [][2]int {
	if len(a) == 0 || len(b) == 0 || len(a)*len(b) > maxCells {
		return nil
	}
	width := len(b) + 1
	length := commonLengths(a, b)
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

// commonLengths returns the length of the longest common subsequence of a[i:]
// and b[j:] at index i*(len(b)+1)+j.
func commonLengths(a, b []line) []uint16 {
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
	return length
}
