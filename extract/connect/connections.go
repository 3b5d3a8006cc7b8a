package connect

import (
	"net/http"
	"time"

	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
)

// silence is how long a connection may deliver nothing by default.
const silence = time.Minute

// Connections are kept open from one reading for the next. Thousands of accounts that are
// read one after another would else leave as many connections behind, each open for a
// while, and greet the same few endpoints anew each time. Retries and pacing are each
// reading's own.
type Connections struct{ client *awshttp.BuildableClient }

// NewConnections returns connections for so many readings side by side.
func NewConnections(readings int) *Connections {
	return &Connections{awshttp.NewBuildableClient().WithReadTimeout(silence).WithTransportOptions(func(t *http.Transport) {
		t.MaxIdleConnsPerHost = max(t.MaxIdleConnsPerHost, callsAtOnce*readings)
		t.MaxIdleConns = max(t.MaxIdleConns, 2*t.MaxIdleConnsPerHost)
		t.IdleConnTimeout = idle
	})}
}

// callsAtOnce is how many calls a reading makes at a time, as long as no list is denied,
// and idle how long a connection that nobody uses stays open: those of profiles with a
// certificate authority of their own are not shared.
const (
	callsAtOnce = 3
	idle        = 15 * time.Second
)
