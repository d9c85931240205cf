using Xunit;

namespace Cancela.Tests.Credentials.Passwords.Foreign;

/// <summary>Hashes that the systems themselves made, each with the password that it was made of.</summary>
internal static class KnownHashes
{
    public const string Plain = "correto cavalo bateria";

    /// <summary>With letters that are one or two code points, and one that NFKC changes.</summary>
    public const string Accented = "senha de caf\u00e9 n\u00ba 1";

    /// <summary>The same letters, in the spelling of another keyboard.</summary>
    public const string Decomposed = "cafe\u0301 com leite";

    // ASP.NET Core Identity: Python's hashlib in the layout of the blob; Password_hashers_of_Identity asks the real one.
    public const string Identity2 = "AAECAwQFBgcICQoLDA0ODxCWnGP2IQ4OWvt/1NlY0D9GYhqth+1d2tHY6GE/f5LmlQ==";
    public const string Identity3 = "AQAAAAIAAYagAAAAEAECAwQFBgcICQoLDA0ODxDOSINoqSLCO/2rlS+1CDVxK6lQ/5ecFy/gYW5qGRaqXw==";

    public const string Bcrypt = "$2b$12$GKaIzQJ1jcCtRUcv6iXk8.lvTZn.3aeMP4td08pqHCcDq8uwFmLiq";
    public const string Django = "pbkdf2_sha256$260000$lNtnwF0tRxDvSnzXC8D4ZA$dBmcOc9x1aUqpUSAsOOLT3wW9UHUTqOA8Em3mdfuFAw=";
    public const string Passlib = "$pbkdf2-sha256$29000$HmPsvXcuhVDqXQvBmPM.hw$717.cQQ5GgSu7u6xlZzYDLCLVpbNBTpd0dQ7I5UGk1A";
    public const string BetterAuth = "cd87b17c24d0187905c6d981fdcf5bf5:3b3f9bd84bc000fa3f3d4ed24b04a1d7bda475b0974c952056caf2263bbf4d38a48b19dc982b23de18367a549dea01bac397e592032153fac944287b3c0e453f";
    public const string Argon2i = "$argon2i$v=19$m=4096,t=3,p=2$c2FsdHNhbHRzYWx0c2FsdA$rn/crZTLL22Z11QdzW8IvXRXhAyqvYnMcbeIzwrnSkM";
    public const string Argon2d = "$argon2d$v=19$m=4096,t=3,p=2$c2FsdHNhbHRzYWx0c2FsdA$6G3InwT/WLSor1dKPj7sAT6XTB5rGpTzad8SWPIeQrE";
    public const string Argon2id = "$argon2id$v=19$m=4096,t=3,p=2$c2FsdHNhbHRzYWx0c2FsdA$6XF2S6jgBworUkue/gBzF84laBOtfik7UNr4Vr2DNi8";

    // Of the example in the README of github.com/firebase/scrypt; the second hash is by Node's crypto.
    public const string FirebaseSignerKey = "jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==";
    public const string FirebaseSeparator = "Bw==";
    public const string FirebaseSalt = "42xEC+ixf3L2lw==";
    public const string FirebaseOfExample = "lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==";
    public const string FirebaseOfPlain = "vNwsWAVxNK/RIhVOhDTm/QXbur+QFkZ82imPjzulVz4hXcX8kX6F1cR6fl+s8+HsI/JUvhQYXZkozQY8H1EJJg==";

    /// <summary>What is read, and of what it was made.</summary>
    public static TheoryData<string, string> All => new()
    {
        { Identity2, Plain },
        { "AQAAAAEAACcQAAAAEAECAwQFBgcICQoLDA0ODxCkKya+XOnm8nsmuI1gXGS8L8F0hnxSiiFEji6Hze8+PQ==", Plain },
        { Identity3, Plain },
        { "AQAAAAAAACcQAAAAEAECAwQFBgcICQoLDA0ODxCnC35KDdWwS8K2VrzQCHsbTZU4dYUt1xzWVJtz9O3wTA==", Plain },
        { "AQAAAAIAAYagAAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fMRf+wDELmN7ESrxCT/wgygZ0maaz6t42tko/UVruXv0G4tUYhc5gqGlteJxdWD/XGy7fqRzRHLpjIuP10AzE+A==", Plain },
        // htpasswd -B of Apache 2.4, and libxcrypt.
        { "$2y$10$8vWZ/T9PmOsHaesJVdo9dOe2oBbOQ6kCEJ78tEdNBofSrJcy5Vfdq", Plain },
        { "$2y$10$E28/UDo9flTW2q9PNGLxGes9IuTKuGdskTc/YNbTDIaRGPuWT04Qe", Accented },
        { "$2a$10$abcdefghijklmnopqrstuupgcf15b9219fIC70pajSz7dGxuA2h.e", Plain },
        { Bcrypt, Plain },
        { "$2y$10$zVfRhtiNnlqE4NGF3kGSZ.ICliS5kJkvJ6RTUCKlup2niGk68b/d2", Accented },
        // Django 3.2.
        { Django, Plain },
        { "pbkdf2_sha256$1200000$seasalt2$LoChhXA3Wd7yomgFNKoebjPqzRd4oAOFh3wppLwmkgI=", Plain },
        { "pbkdf2_sha256$260000$lNtnwF0tRxDvSnzXC8D4ZA$TsYPNoNZ7WSqgep471aw4AZ+fUU7M/dRBPdWVHaxi2M=", Accented },
        { "pbkdf2_sha256$260000$lNtnwF0tRxDvSnzXC8D4ZA$NARfvE/NllDUmVK9CXqXpvTeMGMkoTL1FzMgkxFQJEM=", Decomposed },
        { "pbkdf2_sha1$260000$seasalt2$gBMozNLT1nWCDorjdRoc6m8ZiSo=", Plain },
        // passlib 1.7.4.
        { Passlib, Plain },
        { "$pbkdf2-sha512$25000$HuO8FyLkHGPsHQPg/J/zvg$7FK8QP7ADPCxDkAb5/aF/uXvfVjAgxMnxytMs6W0x8Duc/g23IKYdCaneG.ah0XsQBkig5zHpaFN47DK0Vf9.w", Plain },
        { "$pbkdf2$131000$Puc8R4jxHqNU6r03JuScEw$0LHHMN66Qzi5kITj7ULTH1DD8rs", Plain },
        { "$pbkdf2-sha256$29000$ydnbOwfg/D.nFCLknLNWKg$fSGd2KMU0iBZEFlbXNoYimcPtGwGnDlf5sildYwxRpQ", Accented },
        { "$pbkdf2-sha256$29000$llLKWUspBYCwthYCIAQAIA$V4xAX2dIbhB65qmF1sd4DwYPJ7SZcNXXLGo6JfQpYmw", Decomposed },
        // @better-auth/utils 0.5.1. Its passwords are spelled in NFKC, so each spelling is right.
        { BetterAuth, Plain },
        { "2d239db14427d2659a2b75c7ea348b98:2a9b1d7f9fb9fd26759d055c2a3a88d799526f7e46f60abc9189e231be60b9a9eddd606b0f6fa5b5d4b865b39a089e0389ec032c2d31842b51849af68c9af386", Accented },
        { "2d239db14427d2659a2b75c7ea348b98:2a9b1d7f9fb9fd26759d055c2a3a88d799526f7e46f60abc9189e231be60b9a9eddd606b0f6fa5b5d4b865b39a089e0389ec032c2d31842b51849af68c9af386", "senha de cafe\u0301 no 1" },
        { "524661daa0072370d3d46c5cb8c18ef1:cef7fb7cdba580d558bba7f9d3d9c5b984d9d69706d237c44fba7e90b7f5455f3b9861946647f3c5c38ab5fc30104872159e9a0eccc344a517adcc3b19b1335a", Decomposed },
        // The command line of the reference of Argon2.
        { Argon2i, Plain },
        { Argon2d, Plain },
        { Argon2id, Plain },
        { "$argon2i$v=19$m=4096,t=3,p=1$c2FsdHNhbHRzYWx0c2FsdA$8J1qp9IFM2s7Ns4ZvuhnUjlX4wPfH9BuKvXo0ORt9/A", Accented },
    };
}
