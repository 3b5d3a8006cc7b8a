package randomname

import "math"

// sample is the part of a name that a tool may have drawn from an alphabet of the
// size; it is empty where the frame alone is certain.
type sample struct {
	text     string
	alphabet int
}

// alikeBits returns how many bits speak against two samples having been drawn each by
// itself: names that people give side by side (v1lambda and v2lambda, TKTJIRA48213 and
// TKTJIRA90177) have characters in the same places, runs of them, or letters where the
// other has letters.
func alikeBits(a, b sample) float64 {
	if a.text == "" || b.text == "" {
		return 0
	}
	alphabet := max(a.alphabet, b.alphabet)
	size := math.Log2(float64(alphabet))
	return max(alignedBits(a.text, b.text, size)+classBits(a.text, b.text, alphabet), runBits(a.text, b.text, size))
}

// alignedBits is what the characters say that two texts have in the same places: how
// unlikely so many are by chance, less what it takes to say how many. A character is
// size bits.
func alignedBits(a, b string, size float64) float64 {
	n, equal := min(len(a), len(b)), 0
	for i := range n {
		if a[i] == b[i] {
			equal++
		}
	}
	ways := 1.0
	for i := range equal {
		ways *= float64(n-i) / float64(i+1)
	}
	return max(0, float64(equal)*size-math.Log2(ways)-math.Log2(float64(n+1)))
}

// classBits is what it says that two texts have digits where the other has digits,
// capitals where it has capitals and small letters where it has those, in every place
// in which they differ.
func classBits(a, b string, alphabet int) float64 {
	if len(a) != len(b) {
		return 0
	}
	differ := 0.0
	for i := range len(a) {
		switch {
		case class(a[i]) != class(b[i]):
			return 0
		case a[i] != b[i]:
			differ++
		}
	}
	return max(0, differ*sameClass[alphabet]-1)
}

// sameClass is how many bits it takes that two characters of an alphabet of the size
// are of one class.
var sameClass = map[int]float64{
	16: -math.Log2((10*10 + 6*6) / (16.0 * 16)),
	36: -math.Log2((10*10 + 26*26) / (36.0 * 36)),
	62: -math.Log2((10*10 + 26*26 + 26*26) / (62.0 * 62)),
}

// runBits is what the longest run says that two texts have in any place of theirs.
func runBits(a, b string, size float64) float64 {
	longest := 0
	for i := range len(a) {
		for j := range len(b) {
			n := 0
			for i+n < len(a) && j+n < len(b) && a[i+n] == b[j+n] {
				n++
			}
			longest = max(longest, n)
		}
	}
	if longest == 0 {
		return 0
	}
	starts := float64((len(a) - longest + 1) * (len(b) - longest + 1))
	return max(0, float64(longest)*size-math.Log2(starts)-2)
}
