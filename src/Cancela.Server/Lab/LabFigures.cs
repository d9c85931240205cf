namespace Cancela.Server.Lab;

/// <summary>One strategy.</summary>
/// <param name="Profile">Its name: <c>session</c>.</param>
/// <param name="AnonymousPerSecond">Requests a second to an endpoint for everybody. The median of the turns.</param>
/// <param name="AuthenticatedPerSecond">Requests a second to the same endpoint behind the gate. The median of the turns.</param>
/// <param name="Ratio">The second over the first: what is left of the throughput.</param>
/// <param name="LatencyMicroseconds">From the request's last byte to the answer's, under that load.</param>
/// <param name="CpuMicroseconds">What a request takes of the server process' processor time. The medians of the turns.</param>
/// <param name="StoreRoundTrips">What each asks of the stores.</param>
/// <param name="Bytes">What goes over the wire.</param>
/// <param name="MemoryBytesPerSession">What a session that is in use takes in the server process.</param>
/// <param name="LoginsPerSecond">Sign-ins with a password a second; hashing it is most of each.</param>
/// <param name="RefreshesPerSecond">Renewals of a token a second; null where the strategy has none.</param>
/// <param name="RevocationDelayMs">From the acknowledged sign-out to the first refusal.</param>
/// <param name="PlainForm">What the strategy has where nothing is revoked before it expires, or each request asks the store.</param>
internal sealed record LabFigures(
    string Profile, double AnonymousPerSecond, double AuthenticatedPerSecond, double Ratio,
    LatencyPair LatencyMicroseconds, CpuFigures CpuMicroseconds, RoundTripFigures StoreRoundTrips, WireFigures Bytes,
    double MemoryBytesPerSession, double LoginsPerSecond, double? RefreshesPerSecond, DelayFigures RevocationDelayMs, PlainForm PlainForm);

/// <summary>The latencies of both endpoints.</summary>
internal sealed record LatencyPair(LatencyFigures Anonymous, LatencyFigures Authenticated);

/// <param name="Anonymous">A request to the endpoint for everybody.</param>
/// <param name="Authenticated">A request to the same endpoint behind the gate.</param>
/// <param name="Added">The second without the first; the median of the turns' differences, which noise may make negative.</param>
internal sealed record CpuFigures(double Anonymous, double Authenticated, double Added);

/// <summary>Of one account, in the steady state. The fewest of several tries: what a node reads by itself meanwhile is in none of them.</summary>
/// <param name="SignIn">With a password.</param>
/// <param name="AuthenticatedRequest">A further request on a node that has seen the session.</param>
/// <param name="Renewal">A refresh; null where the strategy has none.</param>
/// <param name="SignOut">With the credential that a request shows.</param>
internal sealed record RoundTripFigures(RoundTrips SignIn, RoundTrips AuthenticatedRequest, RoundTrips? Renewal, RoundTrips SignOut);

/// <param name="Statements">How often the database is asked; what is sent together counts once.</param>
/// <param name="Redis">How often Redis is asked; null where there is none.</param>
internal sealed record RoundTrips(long Statements, long? Redis);

/// <param name="CredentialPerRequest">The header line that each request carries, in bytes.</param>
/// <param name="SignInAnswer">The whole answer to a sign-in, in bytes.</param>
internal sealed record WireFigures(int CredentialPerRequest, int SignInAnswer);

/// <param name="RevocationDelaySeconds">The life of the credential that nobody can call back; 0 for the session, which is looked up each time.</param>
/// <param name="RoundTripsPerRequest">What each request asks of the store.</param>
internal sealed record PlainForm(double RevocationDelaySeconds, int RoundTripsPerRequest);
