package escalation

// Steps sets how many steps the searches of an account may take, and returns what restores
// it.
func Steps(n int) (restore func()) {
	before := maxSteps
	maxSteps = n
	return func() { maxSteps = before }
}
