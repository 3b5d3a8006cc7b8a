package policy

// Fold returns s with its ASCII letters in lower case. Actions, condition
// keys, operators and names of roles are compared so.
func Fold(s string) string {
	for i := range len(s) {
		if isUpper(s[i]) {
			return foldFrom(s, i)
		}
	}
	return s
}

func foldFrom(s string, first int) string {
	b := []byte(s)
	for i := first; i < len(b); i++ {
		b[i] = lower(b[i])
	}
	return string(b)
}

// CompareFold compares as strings.Compare does for Fold(a) and Fold(b).
func CompareFold(a, b string) int {
	for i := range min(len(a), len(b)) {
		if a[i] == b[i] {
			continue
		}
		if x, y := lower(a[i]), lower(b[i]); x != y {
			return int(x) - int(y)
		}
	}
	return len(a) - len(b)
}

func isUpper(c byte) bool { return 'A' <= c && c <= 'Z' }

func lower(c byte) byte {
	if isUpper(c) {
		return c + 'a' - 'A'
	}
	return c
}
