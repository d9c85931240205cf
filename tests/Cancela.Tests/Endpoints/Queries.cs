using Cancela.Endpoints;
using Cancela.Problems;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Cancela.Tests.Endpoints;

public class Queries
{
    private static readonly Guid Id = new("11111111-1111-1111-1111-11111111abcd");

    private readonly List<FieldFault> _faults = [];

    [Theory]
    [InlineData("", 50)]
    [InlineData("?other=7", 50)]
    [InlineData("?limit=1", 1)]
    [InlineData("?limit=200", 200)]
    [InlineData("?limit=007", 7)]
    public void A_number_in_its_range_is_read(string query, int number)
    {
        Assert.Equal(number, Number(query));
        Assert.Empty(_faults);
    }

    [Theory]
    [InlineData("?limit=")]
    [InlineData("?limit=0")]
    [InlineData("?limit=201")]
    [InlineData("?limit=-1")]
    [InlineData("?limit=+1")]
    [InlineData("?limit=1.0")]
    [InlineData("?limit=%201")]
    [InlineData("?limit=99999999999")]
    [InlineData("?limit=1&limit=2")]
    [InlineData("?limit=ten")]
    public void What_is_no_number_of_the_range_is_a_fault_of_that_field(string query)
    {
        Number(query);

        Assert.Equal(new FieldFault("limit", "Informe um número de 1 a 200", "Enter a number from 1 to 200"), Assert.Single(_faults));
    }

    [Fact]
    public void An_ID_is_read()
    {
        Assert.Equal(Id, Query.Id(Of($"?after={Id}"), "after", _faults));
        Assert.Null(Query.Id(Of(""), "after", _faults));
        Assert.Empty(_faults);
    }

    [Theory]
    [InlineData("?after=")]
    [InlineData("?after=7")]
    [InlineData("?after={11111111-1111-1111-1111-11111111abcd}")]
    [InlineData("?after=11111111111111111111111111111111")]
    [InlineData("?after=11111111-1111-1111-1111-11111111abcd&after=11111111-1111-1111-1111-11111111abcd")]
    public void What_is_no_ID_is_a_fault_of_that_field(string query)
    {
        Assert.Null(Query.Id(Of(query), "after", _faults));
        Assert.Equal("after", Assert.Single(_faults).Field);
    }

    private int Number(string query) => Query.Number(Of(query), "limit", 50, 1, 200, _faults);

    private static DefaultHttpContext Of(string query)
    {
        var context = new DefaultHttpContext();
        context.Request.QueryString = new QueryString(query);
        return context;
    }
}
