package connect

import (
	"net/http"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
)

// silence is how long a connection may deliver nothing by default.
const silence = time.Minute

// Connections are kept open from one reading for the next. Thousands of accounts that are
// read one after another would else leave as many connections behind, each open for a
// while, and greet the same few endpoints anew each time. Retries and pacing are each
// reading's own.
type Connections struct {
	client *awshttp.BuildableClient

	mu sync.Mutex
	// trusting are the clients with certificate authorities of their own, by the file.
	trusting map[string]aws.HTTPClient

	// excerpts are of the shared files, for all profiles.
	excerpts excerpts
}

// NewConnections returns connections for so many readings side by side.
func NewConnections(readings int) *Connections {
	client := awshttp.NewBuildableClient().WithReadTimeout(silence).WithTransportOptions(func(t *http.Transport) {
		t.MaxIdleConnsPerHost = max(t.MaxIdleConnsPerHost, callsAtOnce*readings)
		t.MaxIdleConns = max(t.MaxIdleConns, 2*t.MaxIdleConnsPerHost)
		t.IdleConnTimeout = idle
	})
	return &Connections{client: client, trusting: map[string]aws.HTTPClient{}}
}

// shared returns the client of a configuration that may have a certificate authority of its
// own: the SDK then makes another client for each profile, whose connections nobody shares.
func (c *Connections) shared(cfg aws.Config) aws.HTTPClient {
	bundle := authority(cfg)
	if bundle == "" {
		return cfg.HTTPClient
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.trusting[bundle] == nil {
		c.trusting[bundle] = cfg.HTTPClient
	}
	return c.trusting[bundle]
}

// authority returns the file with the certificate authorities of a configuration, "" for
// those of the system. The environment's comes first, as it does for the SDK.
func authority(cfg aws.Config) (bundle string) {
	for _, source := range cfg.ConfigSources {
		switch s := source.(type) {
		case config.EnvConfig:
			bundle = s.CustomCABundle
		case config.SharedConfig:
			bundle = s.CustomCABundle
		}
		if bundle != "" {
			break
		}
	}
	return bundle
}

// callsAtOnce is how many calls a reading makes at a time, as long as no list is denied,
// and idle how long a connection that nobody uses stays open.
const (
	callsAtOnce = 3
	idle        = 15 * time.Second
)
