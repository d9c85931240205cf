using System.Buffers.Text;
using Cancela.Caching;

namespace Cancela.Redis;

/// <summary>All keys, and the channel. No command touches two keys: on a cluster they lie on different servers. The line puts the deployment's prefix before them.</summary>
internal static class RedisKeys
{
    /// <summary>The doorbell's channel.</summary>
    public const string Doorbell = "cancela:revocations";

    /// <summary>A copy of a session, or what stands in its place.</summary>
    public static string Session(Digest session) => "cancela:session:" + Base64Url.EncodeToString(session.ToArray());

    /// <summary>A sign-in whose refresh token counts no more.</summary>
    public static string Denied(Guid sessionId) => $"cancela:denylist:{sessionId}";

    /// <summary>A network's requests.</summary>
    public static string Count(string network) => "cancela:limit:" + network;
}
