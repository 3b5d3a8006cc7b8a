package many

// Whole returns options by which every role of every account is compared.
func (o Options) Whole() Options {
	o.whole = true
	return o
}
