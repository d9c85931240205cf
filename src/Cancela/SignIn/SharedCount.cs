namespace Cancela.SignIn;

/// <summary>How many requests a network made on all nodes.</summary>
/// <param name="Requests">Since the count began, with this one.</param>
/// <param name="Remaining">Until it begins again.</param>
internal sealed record SharedCount(long Requests, TimeSpan Remaining);
