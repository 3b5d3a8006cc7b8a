// Package nearest finds the name that a misspelt one was meant to be.
package nearest

import "strings"

// Name returns the known name that a misspelt one was likely meant to be, ""
// if none is near.
func Name(name string, known []string) string {
	best, bestDistance := "", 3
	for _, k := range known {
		d := distance(strings.ToLower(name), strings.ToLower(k))
		if d < bestDistance && d <= len(k)/2 {
			best, bestDistance = k, d
		}
	}
	return best
}

// distance returns the number of bytes to insert, remove or change.
func distance(a, b string) int {
	if len(a) > 2*len(b) {
		return len(a)
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
