package sarif

// The objects of SARIF 2.1.0 that are written (OASIS, "Static Analysis Results
// Interchange Format (SARIF) Version 2.1.0"), in the order in which they come.

type tool struct {
	Driver driver `json:"driver"`
}

type driver struct {
	Name          string       `json:"name"`
	Version       string       `json:"version,omitempty"`
	Language      string       `json:"language"`
	Rules         []descriptor `json:"rules"`
	Notifications []descriptor `json:"notifications"`
}

type descriptor struct {
	ID                   string        `json:"id"`
	Name                 string        `json:"name"`
	ShortDescription     message       `json:"shortDescription"`
	FullDescription      message       `json:"fullDescription"`
	Help                 *message      `json:"help,omitempty"`
	DefaultConfiguration configuration `json:"defaultConfiguration"`
	Properties           *ruleTags     `json:"properties,omitempty"`
}

type configuration struct {
	Level string `json:"level"`
}

type ruleTags struct {
	// Severity is the score of code scanning, "" for rules without.
	Severity string   `json:"security-severity,omitempty"`
	Tags     []string `json:"tags"`
}

type message struct {
	Text string `json:"text"`
}

type invocation struct {
	ExecutionSuccessful bool           `json:"executionSuccessful"`
	ExitCode            int            `json:"exitCode"`
	ExitCodeDescription string         `json:"exitCodeDescription"`
	EndTime             string         `json:"endTimeUtc,omitempty"`
	Notifications       []notification `json:"toolExecutionNotifications"`
}

type notification struct {
	Descriptor reference `json:"descriptor"`
	Level      string    `json:"level"`
	Message    message   `json:"message"`
}

type reference struct {
	ID string `json:"id"`
}

type details struct {
	ID          string  `json:"id"`
	Description message `json:"description"`
}

type logResult struct {
	RuleID              string            `json:"ruleId"`
	RuleIndex           int               `json:"ruleIndex"`
	Kind                string            `json:"kind,omitempty"`
	Level               string            `json:"level"`
	Message             message           `json:"message"`
	Locations           []location        `json:"locations"`
	CodeFlows           []codeFlow        `json:"codeFlows,omitempty"`
	PartialFingerprints map[string]string `json:"partialFingerprints"`
	Suppressions        *[]suppression    `json:"suppressions,omitempty"`
	BaselineState       string            `json:"baselineState,omitempty"`
	Properties          *properties       `json:"properties,omitempty"`
}

type location struct {
	Physical *physical `json:"physicalLocation,omitempty"`
	Logical  []logical `json:"logicalLocations"`
}

// codeFlow is how a finding comes about, step by step.
type codeFlow struct {
	Threads []threadFlow `json:"threadFlows"`
}

type threadFlow struct {
	Locations []flowLocation `json:"locations"`
}

type flowLocation struct {
	Location   stepLocation `json:"location"`
	Importance string       `json:"importance"`
}

type stepLocation struct {
	location
	Message message `json:"message"`
}

type physical struct {
	Artifact artifact `json:"artifactLocation"`
	Region   region   `json:"region"`
}

type artifact struct {
	URI       string `json:"uri"`
	URIBaseID string `json:"uriBaseId,omitempty"`
}

type region struct {
	StartLine int `json:"startLine"`
}

type logical struct {
	Name               string `json:"name"`
	FullyQualifiedName string `json:"fullyQualifiedName,omitempty"`
	Kind               string `json:"kind"`
}

type suppression struct {
	Kind          string `json:"kind"`
	Status        string `json:"status"`
	Justification string `json:"justification"`
}

// runProperties are ours, in the property bag of the run.
type runProperties struct {
	Inputs  []input `json:"inputs"`
	Entries []input `json:"equalOnlyByTheDictionary,omitempty"`
}

type input struct {
	Kind string `json:"kind"`
	Text string `json:"text"`
}

// properties are ours, in the property bag of a result.
type properties struct {
	Commit *commit `json:"firstSeen,omitempty"`
}

type commit struct {
	Commit  string `json:"commit"`
	Time    string `json:"time"`
	Author  string `json:"author"`
	Subject string `json:"subject"`
	AtLeast bool   `json:"atLeast,omitempty"`
}
