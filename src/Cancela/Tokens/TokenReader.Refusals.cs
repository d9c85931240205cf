namespace Cancela.Tokens;

/// <content>Its refusals, made once. The reasons are for logs and repeat nothing of the token.</content>
internal sealed partial class TokenReader
{
    private static class Refusals
    {
        public static readonly TokenReading NotAToken = new TokenReading.Malformed("not three parts of ASCII within 8 KiB");
        public static readonly TokenReading BadHeader = new TokenReading.Malformed("header is not strict, or asks for an extension");
        public static readonly TokenReading UnknownKey = new TokenReading.Malformed("no key of that name");
        public static readonly TokenReading WrongAlgorithm = new TokenReading.Malformed("alg is not the key's");
        public static readonly TokenReading Forged = new TokenReading.Malformed("signature does not hold");
        public static readonly TokenReading BadClaims = new TokenReading.Malformed("claims are not strict JSON, of the wrong kind, or without type");
        public static readonly TokenReading WrongTyp = new TokenReading.Malformed("header typ is not that of the claim type");
        public static readonly TokenReading WrongIssuer = new TokenReading.Malformed("another issuer");
        public static readonly TokenReading WrongAudience = new TokenReading.Malformed("for another audience");
        public static readonly TokenReading Incomplete = new TokenReading.Malformed("jti, sid, ver, iat or exp is missing");
        public static readonly TokenReading NoSubject = new TokenReading.NoSubject();

        private static readonly TokenReading KeyRetired = new TokenReading.KeyRetired();
        private static readonly TokenReading NotAccess = new TokenReading.WrongType(TokenType.Access);
        private static readonly TokenReading NotRefresh = new TokenReading.WrongType(TokenType.Refresh);

        public static TokenReading ForMissingKey(bool retired) => retired ? KeyRetired : UnknownKey;

        public static TokenReading ForWrongType(TokenType expected) => expected == TokenType.Access ? NotAccess : NotRefresh;
    }
}
