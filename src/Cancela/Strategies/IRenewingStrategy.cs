namespace Cancela.Strategies;

/// <summary>A strategy whose credentials are renewed with a refresh token.</summary>
internal interface IRenewingStrategy : IStrategy
{
    Task<Renewal> RenewAsync(string refreshToken, CancellationToken cancellationToken);
}
