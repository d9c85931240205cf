using Cancela.Accounts;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Cancela.Tests.Accounts;

public sealed class Configured_roles
{
    [Fact]
    public void Are_USER_and_ADMIN_out_of_the_box()
    {
        var roles = new Roles(new RoleOptions());

        Assert.True(roles.Exists("USER") && roles.Exists("ADMIN"));
        Assert.False(roles.Exists("user") || roles.Exists("EDITOR"));
        Assert.Equal(["account"], roles.ScopesOf("USER"));
        Assert.Equal(["account", "admin"], roles.ScopesOf("ADMIN"));
        Assert.Empty(new RoleOptions().Faults());
    }

    [Fact]
    public void Come_from_the_settings_beside_those_two()
    {
        var options = new RoleOptions();
        new ConfigurationBuilder()
            .AddInMemoryCollection([new("Roles:EDITOR:0", "posts:write"), new("Roles:EDITOR:1", "account"), new("Roles:USER:0", "posts:read")])
            .Build().GetSection("Roles").Bind(options.Scopes);
        var roles = new Roles(options);

        Assert.Empty(options.Faults());
        Assert.Equal(["account", "posts:write"], roles.ScopesOf("EDITOR"));
        Assert.Equal(["account", "posts:read"], roles.ScopesOf("USER"));
        Assert.Equal(["account", "admin"], roles.ScopesOf("ADMIN"));
    }

    [Fact]
    public void That_were_taken_away_leave_their_people_their_own_account() =>
        Assert.Equal(["account"], new Roles(new RoleOptions()).ScopesOf("FORMER"));

    [Fact]
    public void Have_all_their_faults_listed_at_once()
    {
        var options = new RoleOptions();
        options.Scopes.Remove("USER");
        options.Scopes["editor"] = ["ok", "two words", "qu\"ote", "back\\slash", "", "é", "line\n"];
        options.Scopes["A-B"] = [];

        Assert.Equal(9, options.Faults().Count());
        Assert.Contains(options.Faults(), fault => fault.Contains("USER"));
        Assert.Contains(options.Faults(), fault => fault.Contains("'editor'"));
        Assert.Contains(options.Faults(), fault => fault.Contains("'two words'"));
    }
}
