package connect

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials/stscreds"
	"github.com/aws/smithy-go/logging"
	"github.com/aws/smithy-go/middleware"
)

// How often a call is tried while nothing answers at all. Somebody who
// mistyped an endpoint must not wait for minutes, but a scan under way
// survives a network that is gone for as long as throttling may last.
const (
	dialsForCredentials = 3
	dialsForIdentity    = 5
)

// renewEarly is how long before their end credentials are renewed, so that
// they do not expire while a call is waiting to be tried again.
const renewEarly = 2 * time.Minute

// Session is a connection to one account.
type Session struct {
	o       Options
	cfg     aws.Config
	shared  *config.SharedConfig
	secrets *secrets
	bodies  *bodies
	role    Role
}

// Open loads the profile. It calls nothing over the network. The error is an *Error, or
// wraps that of the context.
func Open(ctx context.Context, o Options) (*Session, error) {
	s := &Session{o: o.withDefaults(), secrets: newSecrets()}
	s.bodies = &bodies{limits: s.o.Limits}
	if err := s.o.Files.check(); err != nil {
		return nil, s.configError(ctx, err)
	}
	cfg, err := s.load(ctx, "", "")
	if err != nil {
		return nil, s.configError(ctx, err)
	}
	region := ""
	if cfg.Region == "" {
		if region, err = regionFor(s.shared); err != nil {
			return nil, &Error{Profile: s.ProfileName(), Reason: err.Error(), Next: "set region in the profile"}
		}
	}
	if endpoint := s.endpointForCredentials(ctx, cfg); region != "" || endpoint != "" {
		// What provides the credentials copied the configuration before it had a
		// region or an endpoint, so it is loaded once more.
		again, err := s.load(ctx, region, endpoint)
		if err != nil {
			return nil, s.configError(ctx, err)
		}
		cfg.Region, cfg.Credentials = again.Region, again.Credentials
	}
	s.use(cfg)
	return s, nil
}

// endpointForCredentials returns the endpoint_url of the profile for the calls
// that get credentials, which the SDK passes over there: "" for none, and
// where the configuration has one for such a service by itself.
func (s *Session) endpointForCredentials(ctx context.Context, cfg aws.Config) string {
	if cfg.BaseEndpoint == nil {
		return ""
	}
	for _, source := range cfg.ConfigSources {
		own, ok := source.(interface {
			GetServiceBaseEndpoint(context.Context, string) (string, bool, error)
		})
		if !ok {
			continue
		}
		for _, service := range []string{"STS", "SSO", "SSO OIDC"} {
			if _, found, err := own.GetServiceBaseEndpoint(ctx, service); found && err == nil {
				return ""
			}
		}
	}
	return *cfg.BaseEndpoint
}

func (s *Session) use(cfg aws.Config) {
	cfg.Credentials = watched{cfg.Credentials, s.secrets}
	if cfg.HTTPClient == nil {
		cfg.HTTPClient = awshttp.NewBuildableClient()
	}
	if s.o.Connections != nil && s.o.HTTPClient == nil {
		cfg.HTTPClient = s.o.Connections.shared(cfg)
	}
	cfg.HTTPClient = plainBodies{cfg.HTTPClient}
	s.cfg = cfg
}

// Config returns the configuration for the clients of services, but for how patient they
// are: see Calls.
func (s *Session) Config() aws.Config { return s.cfg }

// Calls returns what makes the calls of a service patient.
func (s *Session) Calls() aws.Retryer { return s.retryer(s.o.Retry.MaxAttempts) }

// load reads the shared configuration, with a region for profiles that have
// none and an endpoint for every service, "" for none.
func (s *Session) load(ctx context.Context, region, endpoint string) (aws.Config, error) {
	var cfg aws.Config
	err := s.excerpts().load(s.o.Profile, s.o.Files, func(files Files) (err error) {
		cfg, err = config.LoadDefaultConfig(ctx, s.loadOptions(files, region, endpoint)...)
		return err
	})
	if err != nil {
		return aws.Config{}, err
	}
	// Nothing may log requests: they carry credentials.
	cfg.ClientLogMode = 0
	for _, source := range cfg.ConfigSources {
		if shared, ok := source.(config.SharedConfig); ok {
			s.shared = &shared
		}
	}
	s.secrets.addShared(s.shared)
	return cfg, nil
}

// excerpts returns those that the session shares with others, nil for none.
func (s *Session) excerpts() *excerpts {
	if s.o.Connections == nil {
		return nil
	}
	return &s.o.Connections.excerpts
}

func (s *Session) loadOptions(files Files, region, endpoint string) []func(*config.LoadOptions) error {
	options := []func(*config.LoadOptions) error{
		config.WithDefaultRegion(region),
		config.WithRegion(s.o.Region),
		config.WithBaseEndpoint(endpoint),
		config.WithLogger(logging.Nop{}),
		config.WithAPIOptions([]func(*middleware.Stack) error{s.wholeAnswers}),
		config.WithRetryer(func() aws.Retryer { return s.retryer(dialsForCredentials) }),
		config.WithAssumeRoleCredentialOptions(s.assumeRole),
		config.WithCredentialsCacheOptions(func(o *aws.CredentialsCacheOptions) { o.ExpiryWindow = renewEarly }),
		config.WithHTTPClient(s.httpClient()),
	}
	if s.o.Profile != "" {
		options = append(options, config.WithSharedConfigProfile(s.o.Profile))
	}
	if f := files.Config; f != "" {
		options = append(options, config.WithSharedConfigFiles([]string{f}))
	}
	if f := files.Credentials; f != "" {
		options = append(options, config.WithSharedCredentialsFiles([]string{f}))
	}
	return options
}

// httpClient returns the SDK's own kind, to which a custom CA bundle of the
// configuration can be added, with a limit on silence: a dead connection is
// noticed, a long answer that goes on is not cut off.
func (s *Session) httpClient() aws.HTTPClient {
	switch {
	case s.o.HTTPClient != nil:
		return s.o.HTTPClient
	case s.o.Connections != nil:
		return s.o.Connections.client
	}
	return awshttp.NewBuildableClient().WithReadTimeout(s.o.Retry.Silence)
}

func (s *Session) assumeRole(o *stscreds.AssumeRoleOptions) {
	if o.Duration == 0 {
		// The SDK's 15 minutes would ask for a second MFA code in the midst
		// of a long scan. Every role allows an hour.
		o.Duration = time.Hour
	}
	if o.SerialNumber == nil {
		return
	}
	serial := *o.SerialNumber
	o.TokenProvider = func() (string, error) {
		if s.o.MFAToken == nil {
			return "", &noMFA{serial}
		}
		return s.o.MFAToken(serial)
	}
}

// noMFA is the error of a profile with an MFA device when nobody can be asked.
type noMFA struct{ serial string }

func (e *noMFA) Error() string {
	return "the profile asks for a code of the MFA device " + e.serial + ", and there is nobody to ask"
}
