package result

// The kinds of inputs.
const (
	InputDictionary = "dictionary"
	InputWaivers    = "waivers"
	InputReference  = "reference"
	InputSince      = "since"
	InputConfig     = "config" // of an audit
	// InputOrganization is the folder of an organisation whose control policies are counted.
	InputOrganization = "organization"
)

// Input is a file, other than the accounts, that has a part in a result.
type Input struct {
	// Kind is InputDictionary, InputWaivers, InputReference or InputSince.
	Kind string `json:"kind"`
	// Path is that of the file, "" for what is built in.
	Path string `json:"path,omitempty"`
	// SHA256 is the digest of the file in hex, "" for what is no file.
	SHA256 string `json:"sha256,omitempty"`
	// Version is what the input says of itself: the date of a reference, the
	// commit of a revision.
	Version string `json:"version,omitempty"`
}

// Files returns what decided the result besides the accounts: Inputs, or what the
// older members say of a result that has none.
func (m *Meta) Files() []Input {
	if m.Inputs != nil {
		return m.Inputs
	}
	var out []Input
	for _, in := range []Input{
		{InputDictionary, m.Dictionary, m.DictionarySHA256, ""},
		{InputReference, "", "", m.Reference},
		{InputWaivers, m.Waivers, m.WaiversSHA256, ""},
		{InputSince, m.Since, "", ""},
	} {
		if in.Path != "" || in.Version != "" {
			out = append(out, in)
		}
	}
	return out
}
