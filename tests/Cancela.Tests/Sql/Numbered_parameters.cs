using Cancela.Sql;
using Xunit;

namespace Cancela.Tests.Sql;

public sealed class Numbered_parameters
{
    [Fact]
    public void Each_name_has_one_number_in_the_order_of_the_text_and_what_is_not_named_has_none()
    {
        var statement = new Statement("SELECT @b, @a, @b_c, @b", ("a", 1), ("unused", 2), ("b", 3), ("b_c", 4));
        var numbered = NumberedText.Of(statement);

        Assert.Equal("SELECT $1, $2, $3, $1", numbered.Text);
        Assert.Equal([3, 1, 4], Enumerable.Range(0, numbered.Count).Select(number => numbered.ValueOf(statement, number)));
    }

    [Fact]
    public void What_a_literal_says_is_no_name() => Assert.Equal(
        "SELECT 'it''s ada@example.com', $1 WHERE email = 'bia@example.com'", NumberedText.Of(new("SELECT 'it''s ada@example.com', @a WHERE email = 'bia@example.com'", ("a", 1))).Text);

    [Fact]
    public void A_text_is_worked_out_once_and_anew_where_the_parameters_come_in_another_order()
    {
        var (one, other) = (new Statement("SELECT @x + @y", ("x", 1), ("y", 2)), new Statement("SELECT @x + @y", ("y", 4), ("x", 3)));

        Assert.Same(NumberedText.Of(one), NumberedText.Of(one));
        Assert.Equal(3, NumberedText.Of(other).ValueOf(other, 0));
        Assert.Equal(1, NumberedText.Of(one).ValueOf(one, 0));
    }

    [Fact]
    public void A_parameter_that_is_not_there_is_told_by_name() =>
        Assert.Contains("@missing", Assert.Throws<ArgumentException>(static () => NumberedText.Of(new("SELECT @missing"))).Message, StringComparison.Ordinal);
}
