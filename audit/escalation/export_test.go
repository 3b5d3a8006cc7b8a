package escalation

// Steps sets how many steps the searches of an account may take, and returns what restores
// it.
func Steps(n int) (restore func()) {
	before := maxSteps
	maxSteps = n
	return func() { maxSteps = before }
}

// Pairs sets of how many pairs of an account it is asked whether one may give permissions to
// the other, and returns what restores it.
func Pairs(n int) (restore func()) {
	before := maxPairs
	maxPairs = n
	return func() { maxPairs = before }
}

// Aided sets how many ways of an account are looked at to those who give permissions and to
// whom they give them, and returns what restores it.
func Aided(n int) (restore func()) {
	before := maxAided
	maxAided = n
	return func() { maxAided = before }
}
