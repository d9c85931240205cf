namespace Cancela.Endpoints;

/// <summary>A page of accounts.</summary>
/// <param name="Items">In the order of their creation.</param>
/// <param name="Next">What to say as <c>after</c> for the next page; <see langword="null"/> on the last.</param>
public sealed record UserPage(IReadOnlyList<UserResponse> Items, Guid? Next);
